using EventBus.Messages;
using EventBus.Outbox;
using EventBus.Tests.Shop;
using Microsoft.Extensions.Time.Testing;

namespace EventBus.Tests.Outbox;

public sealed class HeldBackTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly HeldBack _held;
    private ulong _position;

    public HeldBackTests()
    {
        var registry = new MessageRegistry();
        registry.Declare(Outgoing("required", typeof(ItemSold), ["ordering-api"]));
        registry.Declare(Outgoing("also-required", typeof(StockChanged), ["ordering-api"]));
        registry.Declare(Outgoing("optional", typeof(PriceChanged), []));
        _held = new HeldBack(registry, _time);
    }

    [Fact]
    public void TypeNotKnownToHaveAQueue_AdvancesMessageByMessageOfAKey()
    {
        OutboxEntry[] lane = [Entry("required", "a"), Entry("also-required", "a"), Entry("required", "b"), Entry("optional", "a")];

        var (now, next) = _held.Choose(lane);

        Assert.Equal([lane[0], lane[2]], now);
        Assert.Equal([lane[1], lane[3]], next);
    }

    [Fact]
    public void TypeKnownToHaveAQueue_GoesTogether()
    {
        _held.Confirmed(Entry("required", "z"));
        OutboxEntry[] lane = [Entry("required", "a"), Entry("required", "a"), Entry("optional", "a")];

        Assert.Equal(lane, _held.Choose(lane).Now);
    }

    [Fact]
    public void ReturnedMessage_HoldsItsTypeAndItsKey_AndNothingElse()
    {
        _held.Returned(Entry("required", "a"));
        OutboxEntry[] lane = [Entry("optional", "a"), Entry("required", "b"), Entry("optional", "b"), Entry("optional", "c"), Entry(
            "also-required", "d")];

        var (now, next) = _held.Choose(lane);

        Assert.Equal([lane[3], lane[4]], now);
        Assert.Empty(next);
        Assert.True(_held.Any);
    }

    [Fact]
    public void RefusedMessage_IsSkipped_AndHoldsNeitherItsTypeNorItsKey()
    {
        OutboxEntry[] lane = [Entry("optional", "a"), Entry("optional", "a"), Entry("optional", "b")];
        _held.Refused(lane[0], "It is too large.");
        _held.StartOver();

        var (now, next) = _held.Choose(lane);

        Assert.Equal([lane[1], lane[2]], now);
        Assert.Empty(next);
        Assert.Equal(("optional", "It is too large."), _held.Refusals.Select(refusal => (refusal.Type, refusal.Reason)).Single());
    }

    [Fact]
    public void MessagesWhoseWaitIsOver_AreTriedInOrder_FromTheOldestOn()
    {
        _held.Returned(Entry("required", "a"));
        OutboxEntry[] lane = [Entry("required", "a"), Entry("optional", "a")];
        _time.Advance(TimeSpan.FromSeconds(2));

        // Not before the lane is read from its start, because the loaded message may not be the oldest of its key.
        Assert.Empty(_held.Choose(lane).Now);
        _held.StartOver();
        var (now, next) = _held.Choose(lane);

        Assert.Equal([lane[0]], now);
        Assert.Equal([lane[1]], next);
    }

    [Fact]
    public void ReturnedAgainAndAgain_WaitsLonger_UpToHalfAMinute()
    {
        for (var tries = 0; tries < 20; tries++)
        {
            _held.Returned(Entry("required", "a"));
            _held.StartOver();
            _time.Advance(TimeSpan.FromSeconds(31));
        }

        _held.Returned(Entry("required", "a"));
        _held.StartOver();
        _time.Advance(TimeSpan.FromSeconds(14));
        Assert.Empty(_held.Choose([Entry("required", "a")]).Now);
        _held.StartOver();
        _time.Advance(TimeSpan.FromSeconds(17));
        Assert.Single(_held.Choose([Entry("required", "a")]).Now);
    }

    private static OutgoingMessage Outgoing(string wireName, Type type, string[] requiredBy) =>
        new(type, wireName, MessageKind.Event, _ => "", _ => 0, requiredBy);

    private OutboxEntry Entry(string type, string key) => new(new OutboxPosition(++_position), new Envelope
    {
        MessageId = Guid.NewGuid(),
        Type = type,
        Kind = MessageKind.Event,
        Key = key,
        Version = 0,
        CorrelationId = key,
        Body = default,
        CreatedAt = default,
    });
}
