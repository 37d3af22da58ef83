using EventBus.Outbox;

namespace EventBus.Tests.Outbox;

public sealed class LanePositionTests
{
    private static readonly HashSet<string> Nobody = [];

    private readonly LanePosition _lane = new();

    [Fact]
    public void NothingRead_IsFromTheStart_AndCannotSettle()
    {
        _lane.Read(last: null, atEnd: true);
        Assert.Null(_lane.After);
        Assert.False(_lane.CanSettle);
    }

    [Fact]
    public void PositionRead_IsPassed_OnlyWhenItWasReadAgainAfterNobodyWrote()
    {
        _lane.Read(At(7), atEnd: false);
        Assert.True(_lane.CanSettle);
        _lane.Settle(Nobody);
        Assert.Null(_lane.After);
        Assert.True(_lane.IsSettled);

        _lane.Read(At(9), atEnd: false);
        Assert.Equal(At(7), _lane.After);
        Assert.False(_lane.IsSettled);
        Assert.True(_lane.CanSettle);
    }

    [Fact]
    public void Position_IsNotPassed_WhileATransactionIsOpen_ThatWasOpenWhenItWasRead()
    {
        _lane.Read(At(7), atEnd: true);
        _lane.Settle(new HashSet<string> { "a", "b" });
        _lane.Read(At(8), atEnd: true);
        _lane.Settle(new HashSet<string> { "b", "c" });
        _lane.Read(At(9), atEnd: true);
        Assert.False(_lane.IsSettled);
        Assert.Null(_lane.After);

        // "c" started later, so it cannot add a position before 7, which was already read.
        _lane.Settle(new HashSet<string> { "c" });
        _lane.Read(At(9), atEnd: true);
        Assert.Equal(At(7), _lane.After);
    }

    [Fact]
    public void MessagesThatAppearLate_AndFillTheRead_ArePassedOnlyAsFarAsTheyWereRead()
    {
        _lane.Read(At(7), atEnd: false);
        _lane.Settle(Nobody);
        _lane.Read(At(5), atEnd: false);
        Assert.Equal(At(5), _lane.After);
        Assert.True(_lane.IsSettled);

        _lane.Read(At(7), atEnd: false);
        Assert.Equal(At(7), _lane.After);
        Assert.False(_lane.CanSettle);
    }

    [Fact]
    public void EverythingRelayed_IsPassed_ThoughNothingIsLeftToRead()
    {
        _lane.Read(At(7), atEnd: false);
        _lane.Settle(Nobody);
        _lane.Read(last: null, atEnd: true);
        Assert.Equal(At(7), _lane.After);
        Assert.False(_lane.CanSettle);
    }

    [Fact]
    public void StartOver_ForgetsEverything()
    {
        _lane.Read(At(7), atEnd: true);
        _lane.Settle(Nobody);
        _lane.Read(At(7), atEnd: true);
        _lane.StartOver();
        Assert.Null(_lane.After);
        Assert.False(_lane.CanSettle || _lane.IsSettled);
    }

    private static OutboxPosition At(ulong position) => new(position);
}
