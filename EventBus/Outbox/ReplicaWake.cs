using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventBus.Outbox;

/// <summary>
/// Tells the replicas that own lanes of commits into them, and hears theirs. Beside the business transaction and seldom: a notification in it
/// would make all commits of the database wait for each other.
/// </summary>
internal sealed partial class ReplicaWake(IOutbox outbox, OutboxSignal signal, TimeProvider time, ILogger<ReplicaWake> logger) : BackgroundService
{
    /// <summary>Commits of so long are told of together.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan FailurePause = TimeSpan.FromSeconds(2);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        RepeatAsync(token => outbox.ListenAsync(signal.Wake, token), stoppingToken), RepeatAsync(TellAsync, stoppingToken));

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        await outbox.NotifyAsync(await signal.ElsewhereAsync(cancellationToken), cancellationToken);
        await Task.Delay(Interval, time, cancellationToken);
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
                    await Task.Delay(Jitter.Around(FailurePause), time, cancellationToken);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping; until another replica relays, the sweep of the next one does.
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Replicas do not hear of each other's commits now; their messages wait for the sweep")]
    private partial void LogFailed(Exception fault);
}
