using EventBus.Messages;
using EventBus.Transport;

namespace EventBus.Failure;

/// <summary>The headers of a message whose handling failed.</summary>
internal static class FailedMessage
{
    private const int LongestText = 8 * 1024;

    public static TransportMessage ForRetry(Delivery delivery, QueuePlan queue, int attempt, DateTimeOffset now) => delivery.Message.With(
    [
        new(HeaderNames.Attempt, (long)attempt + 1),
        new(HeaderNames.RetriedAt, now.ToMicroseconds()),
        new(HeaderNames.RetryDelay, RetryDelay(delivery)),
        new(HeaderNames.FirstFailedAt, delivery.Message.Number(HeaderNames.FirstFailedAt) ?? now.ToMicroseconds()),
        .. Origin(delivery, queue),
    ]);

    public static TransportMessage ForDeadLetter(
        Delivery delivery, QueuePlan queue, DeadLetterCause cause, int attempt, DateTimeOffset now) => delivery.Message.With(
    [
        new(HeaderNames.Reason, cause.Reason),
        new(HeaderNames.ExceptionType, cause.Fault?.GetType().FullName),
        new(HeaderNames.ExceptionMessage, Cut(cause.Fault?.Message)),
        new(HeaderNames.ExceptionStack, Cut(cause.Fault?.ToString())),
        new(HeaderNames.ExceptionFrame, cause.Frame),
        new(HeaderNames.Attempt, (long)attempt),
        new(HeaderNames.FirstFailedAt, delivery.Message.Number(HeaderNames.FirstFailedAt) ?? now.ToMicroseconds()),
        new(HeaderNames.LastFailedAt, now.ToMicroseconds()),
        new(HeaderNames.RetryDelay, RetryDelay(delivery)),
        .. Origin(delivery, queue),
    ]);

    /// <summary>The message starts again with its first attempt.</summary>
    /// <param name="deadLetter">As it failed.</param>
    /// <param name="id">The id of this failure.</param>
    /// <param name="replayedAt">Microseconds since the Unix epoch.</param>
    /// <param name="body">Replaces the body; null keeps it.</param>
    public static TransportMessage ForReplay(
        TransportMessage deadLetter, string id, long replayedAt, ReadOnlyMemory<byte>? body) => deadLetter.With(
    [
        .. body is null ? [] : (KeyValuePair<string, object?>[])[new(HeaderNames.Edited, "true")],
        new(HeaderNames.Attempt, null),
        new(HeaderNames.RetriedAt, null),
        new(HeaderNames.RetryDelay, null),
        new(HeaderNames.FirstFailedAt, null),
        new(HeaderNames.LastFailedAt, null),
        new(HeaderNames.Reason, null),
        new(HeaderNames.ExceptionType, null),
        new(HeaderNames.ExceptionMessage, null),
        new(HeaderNames.ExceptionStack, null),
        new(HeaderNames.ExceptionFrame, null),
        new(HeaderNames.ReplayedAt, replayedAt),
        new(HeaderNames.ReplayOf, id),
    ]) with { Body = body ?? deadLetter.Body };

    /// <summary>Which attempt this delivery is; 1 also when the header holds no usable number.</summary>
    public static int Attempt(TransportMessage message) => (int)Math.Clamp(message.Number(HeaderNames.Attempt) ?? 1, 1, int.MaxValue - 1);

    /// <summary>Microseconds that the message has waited for retries so far.</summary>
    public static long RetryDelay(Delivery delivery)
    {
        var before = Math.Max(0, delivery.Message.Number(HeaderNames.RetryDelay) ?? 0);
        var waited = UnixMicroseconds.ToTime(delivery.Message.Number(HeaderNames.RetriedAt)) is { } retriedAt
            ? Math.Max(0, delivery.ReceivedAt.ToMicroseconds() - retriedAt.ToMicroseconds())
            : 0;
        return long.MaxValue - before < waited ? long.MaxValue : before + waited;
    }

    private static IEnumerable<KeyValuePair<string, object?>> Origin(Delivery delivery, QueuePlan queue)
    {
        yield return new(HeaderNames.OriginQueue, queue.Name);
        yield return new(HeaderNames.OriginApp, delivery.Message.AppId);
    }

    private static string? Cut(string? text) => text is { Length: > LongestText } ? text[..LongestText] : text;
}
