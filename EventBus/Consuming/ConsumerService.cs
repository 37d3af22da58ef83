using Microsoft.Extensions.Hosting;

namespace EventBus.Consuming;

/// <summary>Runs the consumer of every queue, and drains them within the budget when the service stops.</summary>
internal sealed class ConsumerService(IReadOnlyList<QueueConsumer> consumers, EventBusOptions options, TimeProvider time) : BackgroundService
{
    public IReadOnlyList<QueueConsumer> Consumers => consumers;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var abort = new CancellationTokenSource();
        using var timer = time.CreateTimer(_ => abort.Cancel(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await using var budget = stoppingToken.Register(() => timer.Change(options.DrainTimeout, Timeout.InfiniteTimeSpan));

        await Task.WhenAll(consumers.Select(consumer => consumer.RunAsync(stoppingToken, abort.Token)));
    }
}
