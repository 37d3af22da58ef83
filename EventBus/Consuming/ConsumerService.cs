using Microsoft.Extensions.Hosting;

namespace EventBus.Consuming;

/// <summary>Runs the consumer of every queue, and lets running handlers finish when the service stops.</summary>
internal sealed class ConsumerService(IReadOnlyList<QueueConsumer> consumers, EventBusOptions options, TimeProvider clock)
    : BackgroundService
{
    private readonly TaskCompletionSource _draining = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<QueueConsumer> Consumers => consumers;

    /// <summary>
    /// Completes when the service stops: no handler starts from then on, and running ones have <see cref="EventBusOptions.DrainTimeout"/>.
    /// </summary>
    public Task Draining => _draining.Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var abort = new CancellationTokenSource();
        using var timer = clock.CreateTimer(_ => abort.Cancel(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await using var draining = stoppingToken.Register(() =>
        {
            timer.Change(options.DrainTimeout, Timeout.InfiniteTimeSpan);
            _draining.SetResult();
        });

        await Task.WhenAll(consumers.Select(consumer => consumer.RunAsync(stoppingToken, abort.Token)));
    }
}
