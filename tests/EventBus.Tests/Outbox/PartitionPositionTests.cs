using EventBus.Outbox;

namespace EventBus.Tests.Outbox;

public sealed class PartitionPositionTests
{
    private static readonly HashSet<string> NoWriters = [];

    private readonly PartitionPosition _position = new();

    [Fact]
    public void NothingRead_IsFromTheStart_AndCannotSettle()
    {
        _position.Read(last: null, atEnd: true);
        Assert.Null(_position.After);
        Assert.False(_position.CanSettle);
    }

    [Fact]
    public void PositionRead_IsPassed_OnlyWhenItWasReadAgainAfterAllWritersEnded()
    {
        _position.Read(At(7), atEnd: false);
        Assert.True(_position.CanSettle);
        _position.Settle(NoWriters);
        Assert.Null(_position.After);
        Assert.True(_position.IsSettled);

        _position.Read(At(9), atEnd: false);
        Assert.Equal(At(7), _position.After);
        Assert.False(_position.IsSettled);
        Assert.True(_position.CanSettle);
    }

    [Fact]
    public void Position_IsNotPassed_WhileATransactionIsOpen_ThatWasOpenWhenItWasRead()
    {
        _position.Read(At(7), atEnd: true);
        _position.Settle(new HashSet<string> { "a", "b" });
        _position.Read(At(8), atEnd: true);
        _position.Settle(new HashSet<string> { "b", "c" });
        _position.Read(At(9), atEnd: true);
        Assert.False(_position.IsSettled);
        Assert.Null(_position.After);

        // "c" started later, so it cannot add a position before 7, which was already read.
        _position.Settle(new HashSet<string> { "c" });
        _position.Read(At(9), atEnd: true);
        Assert.Equal(At(7), _position.After);
    }

    [Fact]
    public void MessagesThatAppearLate_AndFillTheRead_ArePassedOnlyAsFarAsTheyWereRead()
    {
        _position.Read(At(7), atEnd: false);
        _position.Settle(NoWriters);
        _position.Read(At(5), atEnd: false);
        Assert.Equal(At(5), _position.After);
        Assert.True(_position.IsSettled);

        _position.Read(At(7), atEnd: false);
        Assert.Equal(At(7), _position.After);
        Assert.False(_position.CanSettle);
    }

    [Fact]
    public void EverythingRelayed_IsPassed_AlthoughNothingIsLeftToRead()
    {
        _position.Read(At(7), atEnd: false);
        _position.Settle(NoWriters);
        _position.Read(last: null, atEnd: true);
        Assert.Equal(At(7), _position.After);
        Assert.False(_position.CanSettle);
    }

    [Fact]
    public void StartOver_ForgetsEverything()
    {
        _position.Read(At(7), atEnd: true);
        _position.Settle(NoWriters);
        _position.Read(At(7), atEnd: true);
        _position.StartOver();
        Assert.Null(_position.After);
        Assert.False(_position.CanSettle || _position.IsSettled);
    }

    private static OutboxPosition At(ulong position) => new(position);
}
