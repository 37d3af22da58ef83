using EventBus.Telemetry;
using EventBus.Transport;
using Microsoft.Extensions.Logging;

namespace EventBus.Outbox;

/// <summary>
/// Carries one partition of the outbox to the broker, in order: claim the oldest, publish them all, await the confirms, delete. Dying
/// between confirm and delete publishes a batch twice, which receivers notice by the message ids.
/// </summary>
internal sealed partial class PartitionRelay(
    short partition,
    IOutbox outbox,
    ITransport transport,
    OutboxSignal signal,
    BusMetrics metrics,
    CrashPoints crashPoints,
    EventBusOptions options,
    TimeProvider time,
    ILogger<PartitionRelay> logger)
{
    private static readonly TimeSpan FailurePause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan OwnershipPoll = TimeSpan.FromSeconds(1);

    /// <summary>Since when the relay has failed or found nothing of what it should have moved; null while it does well.</summary>
    public DateTimeOffset? FailingSince { get; private set; }

    public string? Fault { get; private set; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var publisher = transport.CreatePublisher();

        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await using var lease = await outbox.TryAcquireAsync(partition, cancellationToken);
                if (lease is not null)
                {
                    await RelayAsync(lease, publisher, cancellationToken);
                }

                Succeeded();
            }
            catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                Failed(fault.Message);
                LogRelayFailed(fault, partition);
            }

            await PauseAsync(OwnershipPoll, cancellationToken);
        }
    }

    private async Task RelayAsync(IOutboxLease lease, IPublisher publisher, CancellationToken cancellationToken)
    {
        var swept = long.MinValue;
        while (!cancellationToken.IsCancellationRequested)
        {
            // Asked before anything is claimed: while the broker is away the database hears nothing of it.
            await publisher.ReadyAsync(cancellationToken);

            if (swept == long.MinValue || time.GetElapsedTime(swept) >= options.SweepInterval / 2)
            {
                await lease.ReleaseDueAsync(cancellationToken);
                swept = time.GetTimestamp();
            }

            var entries = await lease.PeekAsync(options.RelayBatchSize, cancellationToken);
            var refused = entries.Count == 0 ? 0 : await PublishAsync(lease, entries, publisher, cancellationToken);

            if (refused > 0)
            {
                await PauseAsync(FailurePause, cancellationToken);
                continue;
            }

            Succeeded();
            if (entries.Count < options.RelayBatchSize)
            {
                await signal.WaitAsync(partition, Jitter.Around(options.SweepInterval), cancellationToken);
            }
        }
    }

    private async Task<int> PublishAsync(
        IOutboxLease lease, IReadOnlyList<OutboxEntry> entries, IPublisher publisher, CancellationToken cancellationToken)
    {
        await crashPoints.PassAsync(CrashPoints.Claimed);

        var messages = entries.Select(entry => entry.Message).ToArray();
        using var span = MessageSpans.StartPublish(messages);
        var started = time.GetTimestamp();
        var publishedAt = time.GetUtcNow();

        var results = await publisher.PublishAsync(
            [.. messages.Select(message => MessageFormat.ToTransport(message, publishedAt))], cancellationToken);
        await crashPoints.PassAsync(CrashPoints.Confirmed);

        var confirmed = entries.Where((_, i) => results[i] is null).ToArray();
        if (confirmed.Length > 0)
        {
            await lease.RemoveAsync(confirmed, cancellationToken);
        }

        metrics.Published(confirmed.Length, entries.Count, time.GetElapsedTime(started));
        if (confirmed.Length < entries.Count)
        {
            var reason = results.First(result => result is not null)!;
            span?.SetTag(BusTelemetry.ErrorType, reason.GetType().FullName);
            Failed($"{entries.Count - confirmed.Length} of {entries.Count} messages were not taken by the broker: {reason.Message}");
            LogNotTaken(reason, entries.Count - confirmed.Length, entries.Count, partition);
        }

        return entries.Count - confirmed.Length;
    }

    private void Succeeded() => (FailingSince, Fault) = (null, null);

    private void Failed(string fault) => (FailingSince, Fault) = (FailingSince ?? time.GetUtcNow(), fault);

    private async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(Jitter.Around(pause), time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Stopping; the loop ends by itself.
        }
    }
}
