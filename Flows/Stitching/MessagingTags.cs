namespace Flows.Stitching;

/// <summary>Attribute names in OTLP: those of OpenTelemetry's messaging conventions, and those of our event bus.</summary>
public static class MessagingTags
{
    public const string System = "messaging.system";
    public const string OperationName = "messaging.operation.name";
    public const string OperationType = "messaging.operation.type";
    public const string Operation = "messaging.operation";
    public const string Destination = "messaging.destination.name";
    public const string Subscription = "messaging.destination.subscription.name";
    public const string ConsumerGroup = "messaging.consumer.group.name";
    public const string RoutingKey = "messaging.rabbitmq.destination.routing_key";
    public const string OldRoutingKey = "messaging.rabbitmq.routing_key";
    public const string MessageId = "messaging.message.id";
    public const string ConversationId = "messaging.message.conversation_id";
    public const string BatchCount = "messaging.batch.message_count";

    public const string Type = "eventbus.message.type";

    /// <summary>A list of types, on the span of a receiver that subscribed: they are bound to its queue.</summary>
    public const string Types = "eventbus.message.types";
    public const string Kind = "eventbus.message.kind";
    public const string Key = "eventbus.message.key";
    public const string Version = "eventbus.message.version";

    /// <summary>A list of queues, on the span that created the message.</summary>
    public const string RequiredBy = "eventbus.required_by";
    public const string Queue = "eventbus.queue";
    public const string Handler = "eventbus.handler";
    public const string Attempt = "eventbus.attempt";
    public const string Outcome = "eventbus.outcome";

    /// <summary>Microseconds since the Unix epoch.</summary>
    public const string CreatedAt = "eventbus.created_at";
    public const string DueAt = "eventbus.due_at";
    public const string PublishedAt = "eventbus.published_at";

    /// <summary>When the message was last replayed from the dead letters; absent before.</summary>
    public const string ReplayedAt = "eventbus.replayed_at";
    public const string ReceivedAt = "eventbus.received_at";
    public const string HandlingAt = "eventbus.handling_at";

    /// <summary>Microseconds: the sum of all retry delays since the message was published or replayed.</summary>
    public const string RetryDelay = "eventbus.retry_delay";

    public const string ErrorType = "error.type";
}
