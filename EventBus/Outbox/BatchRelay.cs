using EventBus.Messages;
using EventBus.Telemetry;
using EventBus.Topology;
using EventBus.Transport;
using Microsoft.Extensions.Logging;

namespace EventBus.Outbox;

/// <summary>Publishes what was read from a lane, removes what the broker has, and holds back what no queue takes.</summary>
internal sealed partial class BatchRelay(
    short partition,
    IOutboxLease lease,
    IPublisher publisher,
    HeldBack held,
    BusMetrics metrics,
    MessageRegistry registry,
    CrashPoints crashPoints,
    TimeProvider time,
    ILogger logger)
{
    /// <summary>Null when all were dealt with; else what is wrong with the broker: what it did not take is to be read again after a pause.</summary>
    public async Task<string?> RelayAsync(IReadOnlyList<OutboxEntry> entries, CancellationToken cancellationToken)
    {
        while (entries.Count > 0)
        {
            var (now, next) = held.Choose(entries);
            if (now.Count > 0 && await RelayTogetherAsync(now, cancellationToken) is { } fault)
            {
                return fault;
            }

            entries = next;
        }

        return null;
    }

    private async Task<string?> RelayTogetherAsync(List<OutboxEntry> entries, CancellationToken cancellationToken)
    {
        await crashPoints.PassAsync(CrashPoints.Claimed);
        var started = time.GetTimestamp();
        var publishedAt = time.GetUtcNow();

        TransportMessage[] messages = [.. entries.Select(entry => MessageFormat.ToTransport(entry.Message, publishedAt))];
        Exception?[] results = [.. await publisher.PublishAsync(messages, cancellationToken)];
        await PutAsideAsync(entries, messages, results, cancellationToken);
        Trace(entries, results, publishedAt);
        await crashPoints.PassAsync(CrashPoints.Confirmed);

        OutboxEntry[] taken = [.. entries.Where((_, i) => results[i] is null)];
        if (taken.Length > 0)
        {
            await lease.RemoveAsync(taken, cancellationToken);
            Array.ForEach(taken, held.Taken);
        }

        metrics.Published(taken.Length, entries.Count, time.GetElapsedTime(started));
        return Hold(entries, results);
    }

    /// <summary>An event that is merely told and that nobody listens to goes where people can look at it, and out of the outbox.</summary>
    private async Task PutAsideAsync(
        List<OutboxEntry> entries, TransportMessage[] messages, Exception?[] results, CancellationToken cancellationToken)
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

    private void Trace(List<OutboxEntry> entries, Exception?[] results, DateTimeOffset sentAt)
    {
        if (!BusTelemetry.Source.HasListeners())
        {
            return;
        }

        var answeredAt = time.GetUtcNow();
        for (var i = 0; i < results.Length; i++)
        {
            // Tried every few seconds, for as long as its queue is missing: one span says it.
            if (results[i] is not NoReceiverException || !held.HasRefused(entries[i]))
            {
                MessageSpans.RecordSend(entries[i].Message, entries.Count, sentAt, answeredAt, results[i]);
            }
        }
    }

    /// <summary>Holds back what no queue takes; tells what else went wrong.</summary>
    private string? Hold(List<OutboxEntry> entries, Exception?[] results)
    {
        OutboxEntry[] returned = [.. entries.Where((_, i) => results[i] is NoReceiverException)];
        if (returned.Length > 0)
        {
            Array.ForEach(returned, held.Refused);
            LogNoReceiver(returned.Length, entries.Count, partition, string.Join(", ", returned.Select(entry => entry.Message.Type).Distinct()));
        }

        Exception[] failures = [.. results.OfType<Exception>().Where(result => result is not NoReceiverException)];
        if (failures.Length == 0)
        {
            return null;
        }

        LogNotTaken(failures[0], failures.Length, entries.Count, partition);
        return $"{failures.Length} of {entries.Count} messages were not taken by the broker: {failures[0].Message}";
    }
}
