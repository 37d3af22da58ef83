using Flows.Traces;

namespace Flows.Stitching;

/// <summary>Reads the attributes of a message from a span, for every library that follows the OpenTelemetry conventions.</summary>
public static class MessageSpans
{
    // The times of spans are nanoseconds in a long. An attribute with a later time was written in another unit.
    private const long MaxMicroseconds = long.MaxValue / 1000;

    public static string? OperationOf(Span span) =>
        span.Tags.Find(MessagingTags.OperationType) ?? span.Tags
            .Find(MessagingTags.OperationName) ?? span.Tags
            .Find(MessagingTags.Operation);

    /// <summary>The message came to be here: a producer, or a client that sends without linking to a producer.</summary>
    public static bool IsCreation(Span span) => span.Kind == SpanKind.Producer
        || (span.Kind == SpanKind.Client && span.Links.Length == 0 && OperationOf(span) is "publish" or "send" or "create");

    /// <summary>Messages created elsewhere were handed to the broker here.</summary>
    public static bool IsPublication(Span span) =>
        span.Kind == SpanKind.Client && span.Links.Length > 0 && OperationOf(span) is "publish" or "send";

    public static bool IsReceipt(Span span) => OperationOf(span) is "receive" && span.Kind is SpanKind.Consumer or SpanKind.Client;

    public static bool IsProcessing(Span span) =>
        span.Kind == SpanKind.Consumer && OperationOf(span) is not ("receive" or "settle" or "ack" or "nack");

    public static string TypeOf(Span span) => span.Tags.Find(MessagingTags.Type)
        ?? span.Tags.Find(MessagingTags.RoutingKey)
        ?? span.Tags.Find(MessagingTags.OldRoutingKey)
        ?? span.Tags.Find(MessagingTags.Destination)
        ?? span.Name;

    /// <summary>
    /// Whether two spans with the same message id are of different messages: they differ in type, routing key or, if neither is known of
    /// both, in destination. A receiver's destination may end with its queue.
    /// </summary>
    public static bool IsOther(Span one, Span other)
    {
        foreach (var tag in (string[])[MessagingTags.Type, MessagingTags.RoutingKey, MessagingTags.OldRoutingKey])
        {
            if (one.Tags.Find(tag) is { } left && other.Tags.Find(tag) is { } right)
            {
                return left != right;
            }
        }

        return one.Tags.Find(MessagingTags.Destination) is { } sent && other.Tags.Find(MessagingTags.Destination) is { } received
            && sent != received
            && !received.StartsWith($"{sent}:", StringComparison.Ordinal)
            && !sent.StartsWith($"{received}:", StringComparison.Ordinal);
    }

    /// <summary>Where the receiver took the message from.</summary>
    public static string QueueOf(Span span) => span.Tags.Find(MessagingTags.Queue)
        ?? span.Tags.Find(MessagingTags.Subscription)
        ?? span.Tags.Find(MessagingTags.ConsumerGroup)
        ?? QueueInNameOf(span)
        ?? (IsDefaultExchange(span) ? span.Tags.Find(MessagingTags.RoutingKey) : null)
        ?? span.Tags.Find(MessagingTags.Destination)
        ?? span.Name;

    // RabbitMQ's default exchange has an empty name, which counts as absent, and which its .NET client writes as amq.default. Its routing
    // keys are names of queues.
    private static bool IsDefaultExchange(Span span) => span.Tags.Find(MessagingTags.Destination) is null or "amq.default";

    // Before version 1.24 of the conventions, a receiver named its queue only in the span's name: "orders process".
    private static string? QueueInNameOf(Span span) => span.Tags.Find(MessagingTags.Operation) is { } operation
        && span.Name.EndsWith($" {operation}", StringComparison.Ordinal) && span.Name.Length > operation.Length + 1
            ? span.Name[..^(operation.Length + 1)]
            : null;

    /// <summary>The queues that must receive the message, if its publisher reports them.</summary>
    public static string[] RequiredBy(Span? create) => create?.Tags.FindList(MessagingTags.RequiredBy) ?? [];

    // In OpenTelemetry's conventions for RabbitMQ, a receiver's destination ends with its queue: events:ordering.order-paid:webapp.
    public static bool IsFrom(Span processing, string queue) => QueueOf(processing) == queue
        || processing.Tags.Find(MessagingTags.Destination)?.EndsWith($":{queue}", StringComparison.Ordinal) is true;

    /// <summary>The time in an attribute, or null if the attribute holds anything but a time that a span can have.</summary>
    public static DateTimeOffset? TimeOf(Span span, string tag) =>
        LengthOf(span, tag) is { } sinceEpoch ? DateTimeOffset.UnixEpoch + sinceEpoch : null;

    /// <summary>The length of time in an attribute, or null if the attribute holds anything but a length of up to 292 years.</summary>
    public static TimeSpan? LengthOf(Span span, string tag) =>
        span.Tags.FindLong(tag) is { } micros and > 0 and <= MaxMicroseconds ? TimeSpan.FromMicroseconds(micros) : null;

    /// <summary>The number of the attempt, from 1; null if the attribute holds anything else.</summary>
    public static int? AttemptOf(Span span) =>
        span.Tags.FindLong(MessagingTags.Attempt) is { } number and > 0 and <= int.MaxValue ? (int)number : null;

    public static string? ErrorOf(Span span)
    {
        var exception = span.Events.LastOrDefault(occurred => occurred.Name == "exception");
        var type = exception?.Tags.Find("exception.type") ?? span.Tags.Find(MessagingTags.ErrorType);
        var message = exception?.Tags.Find("exception.message") ?? span.StatusMessage;
        return (type, message) switch
        {
            (null, "") => span.IsError ? "failed" : null,
            (null, _) => message,
            (_, null or "") => type,
            _ => $"{type}: {message}",
        };
    }
}
