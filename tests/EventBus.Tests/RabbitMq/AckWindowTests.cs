namespace EventBus.Tests.RabbitMq;

public sealed class AckWindowTests
{
    private readonly AckWindow _window = new();

    public AckWindowTests()
    {
        for (var tag = 1ul; tag <= 6; tag++)
        {
            _window.Delivered(tag);
        }
    }

    [Fact]
    public void FinishedPrefix_IsAcknowledgedAtOnce() =>
        Assert.Equal([(3ul, true)], _window.Finish([2, 1, 3]));

    [Fact]
    public void BeyondAnOpenDelivery_EachIsAcknowledgedByItself() =>
        Assert.Equal([(2ul, true), (4ul, false), (6ul, false)], _window.Finish([4, 1, 2, 6]));

    [Fact]
    public void OneDelivery_IsNotMultiple() =>
        Assert.Equal([(1ul, false)], _window.Finish([1]));

    [Fact]
    public void GapClosedLater_LeavesNothingUnacknowledged()
    {
        Assert.Equal([(2ul, false), (3ul, false)], _window.Finish([2, 3]));
        Assert.Equal([(4ul, true)], _window.Finish([1, 4]));
        Assert.Equal([(6ul, true)], _window.Finish([5, 6]));
    }
}
