using EventBus.Faults;
using Microsoft.Extensions.Time.Testing;

namespace EventBus.Tests.Faults;

public sealed class BusFaultsTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _clock = new();
    private readonly BusFaults _faults;

    public BusFaultsTests() => _faults = new(_clock);

    [Fact]
    public void FailHandlers_ChoosesThisPartOfTheMessages_AndTheSameAtEachAttempt()
    {
        var messages = Enumerable.Range(0, 10_000).Select(_ => Guid.NewGuid()).ToArray();

        _faults.FailHandlers(type: null, percent: 30, Duration);
        var first = messages.Where(message => _faults.Fails("shop.order-placed", message)).ToArray();
        var second = messages.Where(message => _faults.Fails("shop.order-placed", message)).ToArray();

        Assert.InRange(first.Length, 2_700, 3_300);
        Assert.Equal(first, second);
    }

    [Fact]
    public void FailHandlers_OfOneType_LeavesOthersAlone()
    {
        _faults.FailHandlers("shop.order-placed", percent: 100, Duration);

        Assert.True(_faults.Fails("shop.order-placed", Guid.NewGuid()));
        Assert.False(_faults.Fails("shop.order-paid", Guid.NewGuid()));
    }

    [Fact]
    public void EachFault_EndsAtItsTime()
    {
        _faults.FailHandlers(type: null, percent: 100, Duration);
        _faults.PublishTwice(Duration);
        _faults.Reverse(Duration);

        _clock.Advance(Duration - TimeSpan.FromSeconds(1));
        Assert.Equal((true, true, true), (_faults.Fails("shop.order-placed", Guid.NewGuid()), _faults.PublishesTwice, _faults.Reverses));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((false, false, false), (_faults.Fails("shop.order-placed", Guid.NewGuid()), _faults.PublishesTwice, _faults.Reverses));
    }
}
