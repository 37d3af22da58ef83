using Flows.Traces;

namespace Flows.Stitching;

/// <summary>
/// Sorts the attempts of one delivery and splits the wait of each into its parts. Each wait begins where the attempt before it ended, so
/// that no time counts twice.
/// </summary>
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
            var before = attempts is [.., var last] ? last : null;
            var number = Math.Max(MessageSpans.AttemptOf(span) ?? 0, before is null ? 1 : before.Number + 1);
            var wait = WaitOf(span, before, create, receipts);
            attempts.Add(new FlowAttempt(number, OutcomeOf(span), span, wait, MessageSpans.ErrorOf(span)));
        }

        return attempts;
    }

    private static string OutcomeOf(Span span) => span.Tags.Find(MessagingTags.Outcome) ?? (span.IsError ? "failed" : "handled");

    private static Wait WaitOf(Span span, FlowAttempt? before, Span? create, List<Span> receipts)
    {
        var published = MessageSpans.TimeOf(span, MessagingTags.PublishedAt)
            ?? (create is null || MessageSpans.OperationOf(create) is "create" ? null : UnixNanos.ToTime(create.End));
        var handling = MessageSpans.TimeOf(span, MessagingTags.HandlingAt) ?? span.StartTime;
        var received = MessageSpans.TimeOf(span, MessagingTags.ReceivedAt)
            ?? ReceiptOf(span, receipts)
            ?? (published is null ? null : handling);
        var ended = UnixNanos.ToTime(span.End);
        if (before?.Wait.EndedAt > (received ?? handling))
        {
            // A copy that was delivered while the other was handled waited on its own.
            before = null;
        }

        var replayed = MessageSpans.TimeOf(span, MessagingTags.ReplayedAt);
        if (before?.Wait.EndedAt >= replayed)
        {
            // A retry after the first attempt of the replay.
            replayed = null;
        }

        var retry = replayed is null ? RetryDelayOf(span, before) : MessageSpans.LengthOf(span, MessagingTags.RetryDelay);
        var skew = TimeSpan.Zero;
        var outbox = before is null && replayed is null ? Part(ReadyAt(span, create, published), published) : null;
        var broker = Part(replayed ?? Latest(published, before?.Wait.EndedAt), received);
        if (retry is not null && broker is not null)
        {
            broker = broker > retry ? broker - retry : TimeSpan.Zero;
        }

        var prefetch = Part(received, handling);
        var handler = Part(handling, ended) ?? TimeSpan.Zero;
        return new Wait(outbox, broker, prefetch, retry, handler, skew, received, handling, ended)
        {
            ReplayedAt = replayed,
            DeadLetters = replayed - before?.Wait.EndedAt,
        };

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

    // A scheduled message is in the outbox from the time that it is due.
    private static DateTimeOffset? ReadyAt(Span span, Span? create, DateTimeOffset? published)
    {
        var created = MessageSpans.TimeOf(span, MessagingTags.CreatedAt) ?? create?.StartTime;
        var due = create is null ? null : MessageSpans.TimeOf(create, MessagingTags.DueAt);
        return !(due > created) ? created : due > published ? published : due;
    }

    // The attribute is the sum of all delays; those before the last attempt belong to the waits of earlier attempts.
    private static TimeSpan? RetryDelayOf(Span span, FlowAttempt? before)
    {
        var all = MessageSpans.LengthOf(span, MessagingTags.RetryDelay);
        var earlier = before is null ? null : MessageSpans.LengthOf(before.Span, MessagingTags.RetryDelay);
        return earlier is null || all < earlier ? all : all > earlier ? all - earlier : null;
    }

    private static DateTimeOffset? ReceiptOf(Span processing, List<Span> receipts)
    {
        var ofTheService = receipts.FindAll(span => span.Ref != processing.Ref && span.Service == processing.Service);
        var receipt = ofTheService.FindLast(span => span.Start <= processing.Start) ?? ofTheService.FirstOrDefault();
        return receipt is null ? null : UnixNanos.ToTime(receipt.End);
    }

    private static DateTimeOffset? Latest(DateTimeOffset? left, DateTimeOffset? right) => left is null || right > left ? right : left;
}
