using Flows.Traces;

namespace Flows.Stitching;

/// <summary>
/// The row of a message in its publisher's outbox, as its spans report it: written in the transaction of the business action, and removed
/// when the broker has confirmed the message.
/// </summary>
/// <param name="WrittenBy">The span whose transaction wrote the row; null if it was not received.</param>
/// <param name="Sends">The attempts to send it to the broker, in order.</param>
public sealed record OutboxRow(DateTimeOffset WrittenAt, Span? WrittenBy, IReadOnlyList<Span> Sends)
{
    /// <summary>When the broker confirmed the message, and the row was no longer needed; null while that is not reported.</summary>
    public DateTimeOffset? SentAt => Sends.FirstOrDefault(send => !send.IsError) is { } sent ? UnixNanos.ToTime(sent.End) : null;

    /// <summary>Null if the publisher has no outbox: it does not report when the message was created.</summary>
    public static OutboxRow? Of(FlowView flow, FlowMessage message) =>
        message is { CreateSpan: { } create, CreatedAt: { } writtenAt } && MessageSpans.OperationOf(create) is "create"
            ? new OutboxRow(
                writtenAt,
                flow.Spans.FirstOrDefault(span => span.Ref == new SpanRef(create.TraceId, create.ParentId)),
                [.. flow.Spans
                    .Where(span => MessageSpans.IsPublication(span) && span.Links.Any(link => link.Target == create.Ref))
                    .OrderBy(span => span.Start)])
            : null;
}
