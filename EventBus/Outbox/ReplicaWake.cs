using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventBus.Outbox;

/// <summary>
/// Notifies the replicas that relay a partition of commits into it, and receives their notifications. Outside the business transaction and
/// at most every 20 ms: a notification inside it would serialise all commits of the database.
/// </summary>
internal sealed partial class ReplicaWake(IOutbox outbox, OutboxSignal signal, TimeProvider clock, ILogger<ReplicaWake> logger)
    : BackgroundService
{
    /// <summary>Commits within this time share a notification.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan FailurePause = TimeSpan.FromSeconds(2);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        RepeatAsync(token => outbox.ListenAsync(signal.Wake, token), stoppingToken), RepeatAsync(NotifyAsync, stoppingToken));

    private async Task NotifyAsync(CancellationToken cancellationToken)
    {
        await outbox.NotifyAsync(await signal.ElsewhereAsync(cancellationToken), cancellationToken);
        await Task.Delay(Interval, clock, cancellationToken);
    }

    private async Task RepeatAsync(Func<CancellationToken, Task> step, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                try
                {
                    await step(cancellationToken);
                }
                catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
                {
                    LogFailed(fault);
                    await Task.Delay(Jitter.Around(FailurePause), clock, cancellationToken);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping. What is not notified is found by the next sweep.
        }
    }

    [LoggerMessage(Level = LogLevel.Debug,
        Message = "Notifying other replicas of commits failed; their relays find the messages on the next sweep")]
    private partial void LogFailed(Exception fault);
}
