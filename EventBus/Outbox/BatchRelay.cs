using EventBus.Messages;
using EventBus.Telemetry;
using EventBus.Transport;
using Microsoft.Extensions.Logging;

namespace EventBus.Outbox;

/// <summary>
/// Publishes what was read from a partition, removes what the broker confirmed, and holds back what no queue receives or the broker
/// refuses.
/// </summary>
internal sealed partial class BatchRelay(
    short partition,
    IOutboxLease lease,
    IPublisher publisher,
    HeldBack held,
    BusMetrics metrics,
    MessageSpans spans,
    MessageRegistry registry,
    CrashPoints crashPoints,
    TimeProvider clock,
    ILogger logger)
{
    /// <summary>Null when all were relayed or held back; otherwise the fault of the broker: read the rest again after a pause.</summary>
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
        var started = clock.GetTimestamp();
        var publishedAt = clock.GetUtcNow();

        var results = await publisher.PublishAsync(
            [.. entries.Select(entry => MessageFormat.ToTransport(entry.Message, publishedAt, registry.RequiresReceiver(entry.Message)))],
            cancellationToken);
        metrics.Published(results.Count(result => result is null), entries.Count, clock.GetElapsedTime(started));
        Trace(entries, results, publishedAt);
        await crashPoints.PassAsync(CrashPoints.Confirmed);

        OutboxEntry[] confirmed = [.. entries.Where((_, i) => results[i] is null)];
        if (confirmed.Length > 0)
        {
            await lease.RemoveAsync(confirmed, cancellationToken);
            Array.ForEach(confirmed, held.Confirmed);
        }

        return Hold(entries, results);
    }

    private void Trace(List<OutboxEntry> entries, IReadOnlyList<Exception?> results, DateTimeOffset sentAt)
    {
        if (!BusTelemetry.Source.HasListeners())
        {
            return;
        }

        var answeredAt = clock.GetUtcNow();
        for (var i = 0; i < results.Count; i++)
        {
            // Retried every few seconds while its queue is missing: one span is enough.
            if (results[i] is not NoReceiverException || !held.HasReturned(entries[i]))
            {
                spans.RecordSend(entries[i].Message, entries.Count, sentAt, answeredAt, results[i]);
            }
        }
    }

    /// <summary>Holds back what no queue receives or the broker refuses; returns what else went wrong.</summary>
    private string? Hold(List<OutboxEntry> entries, IReadOnlyList<Exception?> results)
    {
        OutboxEntry[] returned = [.. entries.Where((_, i) => results[i] is NoReceiverException)];
        if (returned.Length > 0)
        {
            Array.ForEach(returned, held.Returned);
            var types = string.Join(", ", returned.Select(entry => entry.Message.Type).Distinct());
            LogNoReceiver(returned.Length, entries.Count, partition, types);
        }

        for (var i = 0; i < entries.Count; i++)
        {
            if (results[i] is MessageRefusedException refusal)
            {
                held.Refused(entries[i], refusal.Message);
                LogRefused(entries[i].Message.Type, entries[i].Message.MessageId, refusal.Message);
            }
        }

        Exception[] failures =
            [.. results.OfType<Exception>().Where(result => result is not (NoReceiverException or MessageRefusedException))];
        if (failures.Length == 0)
        {
            return null;
        }

        LogNotConfirmed(failures[0], failures.Length, entries.Count, partition);
        return $"The broker did not confirm {failures.Length} of {entries.Count} messages: {failures[0].Message}";
    }
}
