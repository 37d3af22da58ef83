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
        registry.Declare(Outgoing("awaited", typeof(ItemSold), ["ordering-api"]));
        registry.Declare(Outgoing("also-awaited", typeof(StockChanged), ["ordering-api"]));
        registry.Declare(Outgoing("told", typeof(PriceChanged), []));
        _held = new HeldBack(registry, _time);
    }

    [Fact]
    public void TypeNotKnownToHaveAQueue_AdvancesMessageByMessageOfAKey()
    {
        OutboxEntry[] lane = [Entry("awaited", "a"), Entry("also-awaited", "a"), Entry("awaited", "b"), Entry("told", "a")];

        var (now, next) = _held.Choose(lane);

        Assert.Equal([lane[0], lane[2]], now);
        Assert.Equal([lane[1], lane[3]], next);
    }

    [Fact]
    public void TypeKnownToHaveAQueue_GoesTogether()
    {
        _held.Taken(Entry("awaited", "z"));
        OutboxEntry[] lane = [Entry("awaited", "a"), Entry("awaited", "a"), Entry("told", "a")];

        Assert.Equal(lane, _held.Choose(lane).Now);
    }

    [Fact]
    public void RefusedMessage_HoldsItsTypeAndItsKey_AndNothingElse()
    {
        _held.Refused(Entry("awaited", "a"));
        OutboxEntry[] lane = [Entry("told", "a"), Entry("awaited", "b"), Entry("told", "b"), Entry("told", "c"), Entry("also-awaited", "d")];

        var (now, next) = _held.Choose(lane);

        Assert.Equal([lane[3], lane[4]], now);
        Assert.Empty(next);
        Assert.True(_held.Any);
    }

    [Fact]
    public void WaitThatIsOver_IsTriedInOrder_FromTheOldestOn()
    {
        _held.Refused(Entry("awaited", "a"));
        OutboxEntry[] lane = [Entry("awaited", "a"), Entry("told", "a")];
        _time.Advance(TimeSpan.FromSeconds(2));

        // Not before the lane is read from its start: what is at hand may not be the oldest of its key.
        Assert.Empty(_held.Choose(lane).Now);
        _held.StartOver();
        var (now, next) = _held.Choose(lane);

        Assert.Equal([lane[0]], now);
        Assert.Equal([lane[1]], next);
    }

    [Fact]
    public void RefusedAgainAndAgain_WaitsLonger_UpToHalfAMinute()
    {
        for (var tries = 0; tries < 20; tries++)
        {
            _held.Refused(Entry("awaited", "a"));
            _held.StartOver();
            _time.Advance(TimeSpan.FromSeconds(31));
        }

        _held.Refused(Entry("awaited", "a"));
        _held.StartOver();
        _time.Advance(TimeSpan.FromSeconds(14));
        Assert.Empty(_held.Choose([Entry("awaited", "a")]).Now);
        _held.StartOver();
        _time.Advance(TimeSpan.FromSeconds(17));
        Assert.Single(_held.Choose([Entry("awaited", "a")]).Now);
    }

    private static OutgoingMessage Outgoing(string wireName, Type type, string[] awaitedBy) =>
        new(type, wireName, MessageKind.Event, _ => "", _ => 0, awaitedBy);

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
