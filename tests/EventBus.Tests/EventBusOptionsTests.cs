namespace EventBus.Tests;

public sealed class EventBusOptionsTests
{
    [Fact]
    public void Validate_ReportsEveryFault_WithNameAndValue()
    {
        var options = new EventBusOptions { QueueName = "", Prefetch = 0, RetryDelays = [TimeSpan.FromSeconds(1), TimeSpan.Zero] };

        var result = new EventBusOptionsValidator().Validate(null, options);

        Assert.NotNull(result.Failures);
        var faults = string.Join('\n', result.Failures);
        Assert.Contains("EventBus:QueueName is ''", faults, StringComparison.Ordinal);
        Assert.Contains("EventBus:Prefetch is 0", faults, StringComparison.Ordinal);
        Assert.Contains("EventBus:RetryDelays:1 is 00:00:00", faults, StringComparison.Ordinal);
    }

    [Fact]
    public void Defaults_AreValid() =>
        Assert.True(new EventBusOptionsValidator().Validate(null, new EventBusOptions { QueueName = "shop-api" }).Succeeded);
}
