using System.Diagnostics;
using EventBus.Messages;
using EventBus.Topology;

namespace EventBus.Telemetry;

/// <summary>
/// The spans of a message's life: <c>create</c> in the business trace, <c>send</c> when the relay hands it to the broker, <c>process</c> per attempt.
/// </summary>
internal static class MessageSpans
{
    /// <summary>Marks the moment a message enters the outbox; its context travels with the message.</summary>
    /// <param name="message">What is published or sent.</param>
    /// <param name="awaitedBy">The queues that it must reach: a reader of the spans knows by them who has not received it yet.</param>
    /// <param name="dueAt">When it is to be delivered; null: now.</param>
    public static Activity? StartCreate(Envelope message, string[] awaitedBy, DateTimeOffset? dueAt)
    {
        var span = BusTelemetry.Source.StartActivity($"create {message.Type}", ActivityKind.Producer);
        if (span is { IsAllDataRequested: true })
        {
            Describe(span, message, "create", "create", $"{Exchanges.Of(message.Kind)}:{message.Type}");
            if (awaitedBy.Length > 0)
            {
                span.SetTag(BusTelemetry.AwaitedBy, awaitedBy);
            }

            if (dueAt is { } due)
            {
                span.SetTag(BusTelemetry.DueAt, due.ToMicroseconds());
            }
        }

        return span;
    }

    /// <summary>
    /// Records, once the broker has answered, that the message was handed to it: below <c>create</c>, in the message's own trace. The relay's batches
    /// belong to no request and get no span; a message created outside of any trace gets none either.
    /// </summary>
    /// <param name="message">What was sent.</param>
    /// <param name="batchCount">How many messages were sent together.</param>
    /// <param name="sentAt">When the batch was handed to the broker.</param>
    /// <param name="answeredAt">When the last confirm of the batch was in.</param>
    /// <param name="fault">Why the broker did not take it; null when it did.</param>
    public static void RecordSend(Envelope message, int batchCount, DateTimeOffset sentAt, DateTimeOffset answeredAt, Exception? fault)
    {
        if (ContextOf(message.Trace) is var created && created == default)
        {
            return;
        }

        using var span = BusTelemetry.Source.StartActivity(
            $"send {message.Type}", ActivityKind.Client, created, tags: null, [new ActivityLink(created)], sentAt);
        if (span is { IsAllDataRequested: true })
        {
            Describe(span, message, "send", "send", $"{Exchanges.Of(message.Kind)}:{message.Type}");
            span.SetTag(BusTelemetry.BatchCount, batchCount);
            if (fault is not null)
            {
                span.SetStatus(ActivityStatusCode.Error, fault.Message).SetTag(BusTelemetry.ErrorType, fault.GetType().FullName);
            }
        }

        span?.SetEndTime(answeredAt.UtcDateTime);
    }

    /// <summary>
    /// Continues the trace that created the message. What comes back from a retry queue or a replay happened too late to be part of that
    /// trace and starts its own, linked to it.
    /// </summary>
    public static Activity? StartProcess(Envelope message, string queue, bool delayed)
    {
        var created = ContextOf(message.Trace);
        ActivityLink[] links = created == default ? [] : [new ActivityLink(created)];

        Activity.Current = null;
        var span = BusTelemetry.Source.StartActivity(
            $"process {queue}", ActivityKind.Consumer, delayed ? default : created, tags: null, links);
        if (span is null)
        {
            return null;
        }

        foreach (var (name, value) in W3CBaggage.Read(message.Trace.Baggage))
        {
            span.AddBaggage(name, value);
        }

        if (span.IsAllDataRequested)
        {
            Describe(span, message, "process", "process", $"{Exchanges.Of(message.Kind)}:{message.Type}:{queue}");
            span.SetTag(BusTelemetry.Queue, queue);
        }

        return span;
    }

    private static void Describe(Activity span, Envelope message, string operationName, string operationType, string destination) =>
        span.SetTag(BusTelemetry.System, "rabbitmq")
            .SetTag(BusTelemetry.OperationName, operationName)
            .SetTag(BusTelemetry.OperationType, operationType)
            .SetTag(BusTelemetry.Operation, operationName)
            .SetTag(BusTelemetry.DestinationName, destination)
            .SetTag(BusTelemetry.RoutingKey, message.Type)
            .SetTag(BusTelemetry.MessageId, message.MessageId.ToString())
            .SetTag(BusTelemetry.ConversationId, message.CorrelationId)
            .SetTag(BusTelemetry.MessageType, message.Type)
            .SetTag(BusTelemetry.MessageKind, message.Kind == MessageKind.Command ? "command" : "event")
            .SetTag(BusTelemetry.MessageKey, message.Key)
            .SetTag(BusTelemetry.MessageVersion, message.Version);

    private static ActivityContext ContextOf(TraceHeaders trace) =>
        ActivityContext.TryParse(trace.Parent, trace.State, isRemote: true, out var context) ? context : default;
}
