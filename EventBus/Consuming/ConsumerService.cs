using Microsoft.Extensions.Hosting;

namespace EventBus.Consuming;

/// <summary>Runs the consumer of every queue, and drains them within the budget when the service stops.</summary>
internal sealed class ConsumerService(IReadOnlyList<QueueConsumer> consumers, EventBusOptions options, TimeProvider time) : BackgroundService
{
    private readonly TaskCompletionSource _draining = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<QueueConsumer> Consumers => consumers;

    /// <summary>Completes when the service stops: from then on no handler begins, and those that run have the drain budget.</summary>
    public Task Draining => _draining.Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var abort = new CancellationTokenSource();
        using var timer = time.CreateTimer(_ => abort.Cancel(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await using var budget = stoppingToken.Register(() =>
        {
            timer.Change(options.DrainTimeout, Timeout.InfiniteTimeSpan);
            _draining.SetResult();
        });

        await Task.WhenAll(consumers.Select(consumer => consumer.RunAsync(stoppingToken, abort.Token)));
    }
}
