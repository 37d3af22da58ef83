using EventBus.Messages;
using EventBus.Telemetry;
using EventBus.Topology;
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
    MessageRegistry registry,
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

    /// <summary>What waits for a receiver; null while another process relays.</summary>
    public HeldBack? Held { get; private set; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var publisher = transport.CreatePublisher();

        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await using var lease = await outbox.TryAcquireAsync(partition, cancellationToken);
                Held = null;
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
        var held = Held = new HeldBack(registry, time);
        string? position = null;
        var (startedOver, passTook, atEnd) = (time.GetTimestamp(), TimeSpan.Zero, true);
        await lease.ReleaseDueAsync(cancellationToken);

        while (!cancellationToken.IsCancellationRequested)
        {
            // Asked before anything is claimed: while the broker is away the database hears nothing of it.
            await publisher.ReadyAsync(cancellationToken);

            // What is held back is passed over by going on behind it. From time to time everything is read again, for those whose wait is over
            // and for rows that were committed late; the longer that takes, the rarer.
            if (atEnd && time.GetElapsedTime(startedOver) >= Longer(options.SweepInterval / 2, passTook * 10))
            {
                await lease.ReleaseDueAsync(cancellationToken);
                if (held.StartOver())
                {
                    // Not at once when they came back: a queue that is there again before its consumers hear that it was gone leaves them deaf.
                    await transport.DeclareAsync(cancellationToken);
                }

                (position, startedOver, passTook) = (null, time.GetTimestamp(), TimeSpan.Zero);
            }

            var entries = await lease.PeekAsync(held.Any ? position : null, options.RelayBatchSize, cancellationToken);
            if (!await PublishAsync(lease, entries, held, publisher, cancellationToken))
            {
                await PauseAsync(FailurePause, cancellationToken);
                held.StartOver();
                continue;
            }

            Succeeded();
            position = entries.Count > 0 ? entries[^1].Position : position;
            if (atEnd = entries.Count < options.RelayBatchSize)
            {
                passTook = passTook == TimeSpan.Zero ? time.GetElapsedTime(startedOver) : passTook;
                await signal.WaitAsync(partition, Jitter.Around(options.SweepInterval), cancellationToken);
            }
        }
    }

    /// <summary>False when the broker failed: what it did not take is read again after a pause.</summary>
    private async Task<bool> PublishAsync(
        IOutboxLease lease, IReadOnlyList<OutboxEntry> entries, HeldBack held, IPublisher publisher, CancellationToken cancellationToken)
    {
        while (entries.Count > 0)
        {
            var (now, next) = held.Choose(entries);
            if (now.Count > 0 && !await PublishTogetherAsync(lease, now, held, publisher, cancellationToken))
            {
                return false;
            }

            entries = next;
        }

        return true;
    }

    private async Task<bool> PublishTogetherAsync(
        IOutboxLease lease, List<OutboxEntry> entries, HeldBack held, IPublisher publisher, CancellationToken cancellationToken)
    {
        await crashPoints.PassAsync(CrashPoints.Claimed);
        using var span = MessageSpans.StartPublish([.. entries.Select(entry => entry.Message)]);
        var started = time.GetTimestamp();
        var publishedAt = time.GetUtcNow();

        TransportMessage[] messages = [.. entries.Select(entry => MessageFormat.ToTransport(entry.Message, publishedAt))];
        Exception?[] results = [.. await publisher.PublishAsync(messages, cancellationToken)];
        await PutAsideAsync(entries, messages, results, publisher, cancellationToken);
        await crashPoints.PassAsync(CrashPoints.Confirmed);

        OutboxEntry[] taken = [.. entries.Where((_, i) => results[i] is null)];
        if (taken.Length > 0)
        {
            await lease.RemoveAsync(taken, cancellationToken);
            Array.ForEach(taken, held.Taken);
        }

        metrics.Published(taken.Length, entries.Count, time.GetElapsedTime(started));
        span?.SetTag(BusTelemetry.ErrorType, results.FirstOrDefault(result => result is not null)?.GetType().FullName);
        return Hold(entries, results, held);
    }

    /// <summary>An event that is merely told and that nobody listens to goes where people can look at it, and out of the outbox.</summary>
    private async Task PutAsideAsync(
        List<OutboxEntry> entries, TransportMessage[] messages, Exception?[] results, IPublisher publisher, CancellationToken cancellationToken)
    {
        int[] unheard = [.. Enumerable.Range(0, results.Length).Where(i => results[i] is NoReceiverException && !registry.NeedsReceiver(entries[i].Message))];
        if (unheard.Length == 0)
        {
            return;
        }

        var asides = await publisher.PublishAsync([.. unheard.Select(i => messages[i].To(Exchanges.Unrouted,
            [new(HeaderNames.OriginExchange, messages[i].Exchange), new(HeaderNames.OriginRoutingKey, messages[i].RoutingKey)]))], cancellationToken);
        for (var i = 0; i < unheard.Length; i++)
        {
            results[unheard[i]] = asides[i];
        }

        LogPutAside(unheard.Length, partition);
    }

    /// <summary>Holds back what no queue takes. False when there were other failures.</summary>
    private bool Hold(List<OutboxEntry> entries, Exception?[] results, HeldBack held)
    {
        OutboxEntry[] returned = [.. entries.Where((_, i) => results[i] is NoReceiverException)];
        if (returned.Length > 0)
        {
            Array.ForEach(returned, held.Refused);
            LogNoReceiver(returned.Length, entries.Count, partition, string.Join(", ", returned.Select(entry => entry.Message.Type).Distinct()));
        }

        Exception[] failures = [.. results.OfType<Exception>().Where(result => result is not NoReceiverException)];
        if (failures.Length > 0)
        {
            Failed($"{failures.Length} of {entries.Count} messages were not taken by the broker: {failures[0].Message}");
            LogNotTaken(failures[0], failures.Length, entries.Count, partition);
        }

        return failures.Length == 0;
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

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
