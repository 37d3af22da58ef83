using System.Diagnostics;
using EventBus.Messages;
using EventBus.Transport;

namespace EventBus.Telemetry;

/// <summary>
/// The spans of a message: <c>create</c> in the trace of the business action, <c>send</c> when the relay hands it to the broker,
/// <c>process</c> for each attempt of a consumer. A consumer that starts to receive records <c>subscribe</c>.
/// </summary>
internal sealed class MessageSpans(ITransport transport)
{
    /// <summary>
    /// Starts the span of a message that is written to the outbox; its context travels with the message. The caller ends it when the
    /// transaction has committed, or forgets it: a span that never ends is never exported.
    /// </summary>
    /// <param name="message">What is published or sent.</param>
    /// <param name="requiredBy">The queues that it must reach; by them the Flows pages know who has not received it yet.</param>
    /// <param name="dueAt">When it is to be delivered; null: now.</param>
    public Activity? StartCreate(Envelope message, string[] requiredBy, DateTimeOffset? dueAt)
    {
        var current = Activity.Current;
        var span = BusTelemetry.Source.StartActivity($"create {message.Type}", ActivityKind.Producer);

        // What the transaction does next is not part of this span.
        Activity.Current = current;
        if (span is { IsAllDataRequested: true })
        {
            Describe(span, message, "create", queue: null);
            if (requiredBy.Length > 0)
            {
                span.SetTag(BusTelemetry.RequiredBy, requiredBy);
            }

            if (dueAt is { } due)
            {
                span.SetTag(BusTelemetry.DueAt, due.ToMicroseconds());
            }
        }

        return span;
    }

    /// <summary>
    /// Records a <c>send</c> span below <c>create</c>, in the trace of the message, after the broker answered. The relay's batches belong
    /// to no request and have no span; a message that was created outside of any trace has none either.
    /// </summary>
    /// <param name="message">What was sent.</param>
    /// <param name="batchCount">How many messages were sent together.</param>
    /// <param name="sentAt">When the batch was handed to the broker.</param>
    /// <param name="answeredAt">When the last confirm of the batch arrived.</param>
    /// <param name="fault">Why the broker did not store it; null when it did.</param>
    public void RecordSend(Envelope message, int batchCount, DateTimeOffset sentAt, DateTimeOffset answeredAt, Exception? fault)
    {
        if (ContextOf(message.Trace) is var created && created == default)
        {
            return;
        }

        using var span = BusTelemetry.Source.StartActivity(
            $"send {message.Type}", ActivityKind.Client, created, tags: null, [new ActivityLink(created)], sentAt);
        if (span is { IsAllDataRequested: true })
        {
            Describe(span, message, "send", queue: null);
            span.SetTag(BusTelemetry.BatchCount, batchCount);
            if (fault is not null)
            {
                span.SetStatus(ActivityStatusCode.Error, fault.Message).SetTag(BusTelemetry.ErrorType, fault.GetType().FullName);
            }
        }

        span?.SetEndTime(answeredAt.UtcDateTime);
    }

    /// <summary>
    /// Continues the trace that created the message. A delivery after a retry delay or a replay comes too late to be part of that trace: it
    /// starts its own, linked to it.
    /// </summary>
    public Activity? StartProcess(Envelope message, string queue, bool delayed)
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
            Describe(span, message, "process", queue);
            span.SetTag(BusTelemetry.Queue, queue);
        }

        return span;
    }

    /// <summary>
    /// Records that this service now receives from a queue: a <c>subscribe</c> span, a trace of its own, with the types that are bound to
    /// the queue. By it the Flows pages know which of them no message was ever sent for.
    /// </summary>
    public void RecordSubscribe(QueuePlan queue)
    {
        Activity.Current = null;
        using var span = BusTelemetry.Source.StartActivity($"subscribe {queue.Name}");
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag(BusTelemetry.System, transport.SystemName)
                .SetTag(BusTelemetry.OperationName, "subscribe")
                .SetTag(BusTelemetry.Queue, queue.Name)
                .SetTag(BusTelemetry.MessageTypes, queue.Types.ToArray());
        }
    }

    private void Describe(Activity span, Envelope message, string operation, string? queue)
    {
        transport.Describe(span, message.Kind, message.Type, queue);
        span.SetTag(BusTelemetry.OperationName, operation)
            .SetTag(BusTelemetry.OperationType, operation)
            .SetTag(BusTelemetry.Operation, operation)
            .SetTag(BusTelemetry.MessageId, message.MessageId.ToString())
            .SetTag(BusTelemetry.ConversationId, message.CorrelationId)
            .SetTag(BusTelemetry.MessageType, message.Type)
            .SetTag(BusTelemetry.MessageKind, message.Kind == MessageKind.Command ? "command" : "event")
            .SetTag(BusTelemetry.MessageKey, message.Key)
            .SetTag(BusTelemetry.MessageVersion, message.Version);
    }

    private static ActivityContext ContextOf(TraceHeaders trace) =>
        ActivityContext.TryParse(trace.Parent, trace.State, isRemote: true, out var context) ? context : default;
}
