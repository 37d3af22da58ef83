namespace Flows.DeadLetters;

/// <summary>
/// Counts the dead letters of each source every few seconds, which does not touch them, and reads them only when a count changed: reading
/// takes them out of their queue for a moment.
/// </summary>
public sealed partial class DeadLetterPoller(
    DeadLetterSettings settings, DeadLetterClient client, DeadLetterStore store, TimeProvider clock, ILogger<DeadLetterPoller> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    // One letter that leaves while another arrives does not change the count.
    private static readonly TimeSpan LongestUnread = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(settings.Sources.Select(source => PollAsync(source, stoppingToken)));

    /// <summary>Reads the source now, after an action changed it. A fault is shown as the source's state.</summary>
    public async Task RefreshAsync(DeadLetterSource source, CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(source, cancellationToken);
        }
        catch (SourceFaultException fault)
        {
            store.Failed(source.Name, fault.Message);
        }
    }

    private async Task PollAsync(DeadLetterSource source, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        QueueCounts? read = null;
        var readAt = clock.GetTimestamp();
        string? logged = null;
        try
        {
            do
            {
                try
                {
                    var counts = await client.CountAsync(source, stoppingToken);
                    if (read?.Queues.SequenceEqual(counts.Queues) is not true || clock.GetElapsedTime(readAt) > LongestUnread)
                    {
                        await ReadAsync(source, stoppingToken);
                        (read, readAt) = (counts, clock.GetTimestamp());
                    }

                    store.Reached(source.Name);
                    logged = null;
                }
                catch (SourceFaultException fault)
                {
                    store.Failed(source.Name, fault.Message);
                    if (logged != fault.Message)
                    {
                        logged = fault.Message;
                        LogUnreachable(source.Name, fault.Message);
                    }
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    // The list decides how many there are: a count leaves out what a reader holds. Beyond the most that is read, only the count knows.
    private async Task ReadAsync(DeadLetterSource source, CancellationToken cancellationToken)
    {
        var letters = await client.ListAsync(source, cancellationToken);
        var count = letters.Count < DeadLetterClient.MostRead ? 0 : (await client.CountAsync(source, cancellationToken)).Total;
        store.Read(source.Name, Math.Max(count, letters.Count), letters);
    }
}
