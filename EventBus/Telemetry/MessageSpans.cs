using System.Diagnostics;
using EventBus.Messages;
using EventBus.Outbox;
using EventBus.Topology;

namespace EventBus.Telemetry;

/// <summary>The spans of a message's life: <c>create</c> in the business trace, <c>publish</c> per relay batch, <c>process</c> per attempt.</summary>
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

    /// <summary>One span per relay batch, in a trace of its own: a batch belongs to no single request.</summary>
    public static Activity? StartPublish(IReadOnlyList<OutboxEntry> batch)
    {
        if (!BusTelemetry.Source.HasListeners())
        {
            return null;
        }

        var exchange = batch.All(entry => entry.Message.Kind == MessageKind.Command) ? Exchanges.Commands : Exchanges.Events;
        var links = batch.Select(entry => ContextOf(entry.Message.Trace)).Where(context => context != default).Select(context => new ActivityLink(context));

        Activity.Current = null;
        var span = BusTelemetry.Source.StartActivity($"publish {exchange}", ActivityKind.Client, parentContext: default, links: links);
        span?.SetTag(BusTelemetry.System, "rabbitmq")
            .SetTag(BusTelemetry.OperationName, "publish")
            .SetTag(BusTelemetry.OperationType, "send")
            .SetTag(BusTelemetry.DestinationName, exchange)
            .SetTag(BusTelemetry.BatchCount, batch.Count);
        return span;
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
