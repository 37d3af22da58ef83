using System.Diagnostics;

namespace EventBus.Telemetry;

/// <summary>
/// Names by OpenTelemetry's messaging conventions as of semantic conventions 1.44 (stability: development), and our own under
/// <c>eventbus.</c>. The Flows pages read them: a name changed here breaks a page there.
/// </summary>
internal static class BusTelemetry
{
    public const string SourceName = "EventBus";

    public const string System = "messaging.system";
    public const string OperationName = "messaging.operation.name";
    public const string OperationType = "messaging.operation.type";

    /// <summary>
    /// An older name of the operation. Aspire's dashboard shows it in the row of a span: <c>MSG rabbitmq send events:…</c>.
    /// </summary>
    public const string Operation = "messaging.operation";

    public const string MessageId = "messaging.message.id";
    public const string ConversationId = "messaging.message.conversation_id";
    public const string BatchCount = "messaging.batch.message_count";
    public const string ErrorType = "error.type";

    public const string MessageType = "eventbus.message.type";
    public const string MessageTypes = "eventbus.message.types";
    public const string MessageKind = "eventbus.message.kind";
    public const string MessageKey = "eventbus.message.key";
    public const string MessageVersion = "eventbus.message.version";
    public const string RequiredBy = "eventbus.required_by";
    public const string Queue = "eventbus.queue";
    public const string Attempt = "eventbus.attempt";
    public const string Outcome = "eventbus.outcome";

    // The parts of the wait, in microseconds since the Unix epoch; the last one is a duration in microseconds.
    public const string CreatedAt = "eventbus.created_at";
    public const string DueAt = "eventbus.due_at";
    public const string PublishedAt = "eventbus.published_at";
    public const string ReceivedAt = "eventbus.received_at";
    public const string HandlingAt = "eventbus.handling_at";
    public const string ReplayedAt = "eventbus.replayed_at";
    public const string RetryDelay = "eventbus.retry_delay";

    public static readonly ActivitySource Source = new(SourceName);
}
