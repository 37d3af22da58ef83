using Flows.Traces;

namespace Flows.Stitching;

/// <summary>Sorts the attempts of one delivery and splits the wait of each into its parts.</summary>
public static class Attempts
{
    public static IReadOnlyList<FlowAttempt> Of(List<Span> processings, Span? create, List<Span> receipts)
    {
        // A message that was replayed from the dead letters starts again at attempt 1, so the time decides, and numbers go on.
        var ordered = processings
            .OrderBy(span => span.Start)
            .ThenBy(span => MessageSpans.AttemptOf(span) ?? 0);
        var attempts = new List<FlowAttempt>(processings.Count);
        foreach (var span in ordered)
        {
            var number = Math.Max(MessageSpans.AttemptOf(span) ?? 0, attempts.Count == 0 ? 1 : attempts[^1].Number + 1);
            var wait = WaitOf(span, create, receipts);
            attempts.Add(new FlowAttempt(number, OutcomeOf(span), span, wait, MessageSpans.ErrorOf(span)));
        }

        return attempts;
    }

    private static string OutcomeOf(Span span) => span.Tags.Find(MessagingTags.Outcome) ?? (span.IsError ? "failed" : "handled");

    private static Wait WaitOf(Span span, Span? create, List<Span> receipts)
    {
        var created = MessageSpans.TimeOf(span, MessagingTags.CreatedAt) ?? create?.StartTime;
        var published = MessageSpans.TimeOf(span, MessagingTags.PublishedAt)
            ?? (create is null || MessageSpans.OperationOf(create) is "create" ? null : UnixNanos.ToTime(create.End));
        var handling = MessageSpans.TimeOf(span, MessagingTags.HandlingAt) ?? span.StartTime;
        var received = MessageSpans.TimeOf(span, MessagingTags.ReceivedAt)
            ?? ReceiptOf(span, receipts)
            ?? (published is null ? null : handling);
        var ended = UnixNanos.ToTime(span.End);
        var retry = MessageSpans.LengthOf(span, MessagingTags.RetryDelay);

        var skew = TimeSpan.Zero;
        var outbox = Part(created, published);
        var broker = Part(published, received);
        if (retry is not null && broker is not null)
        {
            // The time in retry queues is part of the time between the first publication and this receipt.
            broker = broker > retry ? broker - retry : TimeSpan.Zero;
        }

        var prefetch = Part(received, handling);
        var handler = Part(handling, ended) ?? TimeSpan.Zero;
        return new Wait(outbox, broker, prefetch, retry, handler, skew, received, handling, ended);

        TimeSpan? Part(DateTimeOffset? from, DateTimeOffset? to)
        {
            if (from is not { } start || to is not { } end)
            {
                return null;
            }

            if (end >= start)
            {
                return end - start;
            }

            skew += start - end;
            return TimeSpan.Zero;
        }
    }

    private static DateTimeOffset? ReceiptOf(Span processing, List<Span> receipts)
    {
        var receipt = receipts.FirstOrDefault(span => span.Ref != processing.Ref && span.Service == processing.Service);
        return receipt is null ? null : UnixNanos.ToTime(receipt.End);
    }
}
