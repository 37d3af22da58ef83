namespace EventBus.Transport;

/// <summary>
/// Headers of a message besides its standard properties. Values are strings or whole numbers; times are microseconds since the Unix epoch.
/// </summary>
public static class HeaderNames
{
    /// <summary>The aggregate's version; 0 when the message has none.</summary>
    public const string Version = "version";

    /// <summary>W3C trace context of the span that created the message.</summary>
    public const string TraceParent = "traceparent";

    /// <summary>W3C trace state of that span.</summary>
    public const string TraceState = "tracestate";

    /// <summary>W3C baggage of that span.</summary>
    public const string Baggage = "baggage";

    /// <summary>When the message was written to the outbox.</summary>
    public const string CreatedAt = "x-created-at";

    /// <summary>When the relay handed it to the broker.</summary>
    public const string PublishedAt = "x-published-at";

    /// <summary>The number of the attempt that this delivery is; absent on the first.</summary>
    public const string Attempt = "x-attempt";

    /// <summary>When the message was last sent to wait for a retry.</summary>
    public const string RetriedAt = "x-retried-at";

    /// <summary>The microseconds it had waited for retries before that.</summary>
    public const string RetryDelay = "x-retry-delay";

    /// <summary>When its first attempt failed.</summary>
    public const string FirstFailedAt = "x-first-failed-at";

    /// <summary>When its last attempt failed.</summary>
    public const string LastFailedAt = "x-last-failed-at";

    /// <summary>Why it is a dead letter: one of <see cref="DeadLetterReasons"/>, or what the broker says.</summary>
    public const string Reason = "x-dead-letter-reason";

    /// <summary>Full name of the exception's type.</summary>
    public const string ExceptionType = "x-exception-type";

    /// <summary>The exception's message, cut at 8 KB.</summary>
    public const string ExceptionMessage = "x-exception-message";

    /// <summary>The exception with its stack, cut at 8 KB.</summary>
    public const string ExceptionStack = "x-exception-stack";

    /// <summary>
    /// The first stack frame in the handler's assembly, without line number, as in <c>Catalog.Api.Stock.ReserveStock.HandleAsync</c>;
    /// absent when there is none.
    /// </summary>
    public const string ExceptionFrame = "x-exception-frame";

    /// <summary>The queue in which it failed.</summary>
    public const string OriginQueue = "x-origin-queue";

    /// <summary>The application that published it.</summary>
    public const string OriginApp = "x-origin-app";

    /// <summary>When it was replayed from the dead letters; absent otherwise.</summary>
    public const string ReplayedAt = "x-replayed-at";

    /// <summary>The id of the dead letter that was replayed; absent when the message never was.</summary>
    public const string ReplayOf = "x-replay-of";

    /// <summary><c>true</c> when its body was replaced at a replay; absent otherwise.</summary>
    public const string Edited = "x-edited";
}
