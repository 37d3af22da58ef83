namespace EventBus.Transport;

/// <summary>AMQP headers. Times are microseconds since the Unix epoch.</summary>
internal static class HeaderNames
{
    public const string Key = "key";
    public const string Version = "version";
    public const string TraceParent = "traceparent";
    public const string TraceState = "tracestate";
    public const string Baggage = "baggage";

    public const string CreatedAt = "x-created-at";
    public const string PublishedAt = "x-published-at";

    /// <summary>The number of the attempt that this delivery is; absent on the first.</summary>
    public const string Attempt = "x-attempt";

    /// <summary>When the message was put into a retry queue, and the microseconds it had spent in them before.</summary>
    public const string RetriedAt = "x-retried-at";
    public const string RetryDelay = "x-retry-delay";

    public const string FirstFailedAt = "x-first-failed-at";
    public const string LastFailedAt = "x-last-failed-at";
    public const string Reason = "x-dead-letter-reason";
    public const string ExceptionType = "x-exception-type";
    public const string ExceptionMessage = "x-exception-message";
    public const string ExceptionStack = "x-exception-stack";
    public const string OriginExchange = "x-origin-exchange";
    public const string OriginRoutingKey = "x-origin-routing-key";
    public const string OriginQueue = "x-origin-queue";
    public const string OriginApp = "x-origin-app";
    public const string ReplayedAt = "x-replayed-at";
}
