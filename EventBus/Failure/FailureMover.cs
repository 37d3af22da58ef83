using EventBus.Outbox;
using EventBus.Telemetry;
using EventBus.Topology;
using EventBus.Transport;

namespace EventBus.Failure;

/// <summary>Moves a failed message on: to a retry queue or to the dead letters. The original is acknowledged only after the broker has the copy.</summary>
internal sealed class FailureMover(ITransport transport, CrashPoints crashPoints, TimeProvider time) : IAsyncDisposable
{
    private const int LongestStack = 8 * 1024;

    private readonly IPublisher _publisher = transport.CreatePublisher();
    private readonly SemaphoreSlim _turn = new(1, 1);

    public Task RetryLaterAsync(Delivery delivery, QueuePlan queue, TimeSpan delay, int attempt, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return MoveAsync(delivery, delivery.Message.To(queue.RetryQueue(delay),
        [
            new(HeaderNames.Attempt, (long)attempt + 1),
            new(HeaderNames.RetriedAt, now.ToMicroseconds()),
            new(HeaderNames.RetryDelay, RetryDelay(delivery)),
            new(HeaderNames.FirstFailedAt, delivery.Message.Number(HeaderNames.FirstFailedAt) ?? now.ToMicroseconds()),
            .. Origin(delivery, queue),
        ]), cancellationToken);
    }

    public Task DeadLetterAsync(
        Delivery delivery, QueuePlan queue, string reason, Exception? fault, int attempt, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return MoveAsync(delivery, delivery.Message.To(queue.DeadLetterQueue,
        [
            new(HeaderNames.Reason, reason),
            new(HeaderNames.ExceptionType, fault?.GetType().FullName),
            new(HeaderNames.ExceptionMessage, Cut(fault?.Message)),
            new(HeaderNames.ExceptionStack, Cut(fault?.ToString())),
            new(HeaderNames.Attempt, (long)attempt),
            new(HeaderNames.FirstFailedAt, delivery.Message.Number(HeaderNames.FirstFailedAt) ?? now.ToMicroseconds()),
            new(HeaderNames.LastFailedAt, now.ToMicroseconds()),
            new(HeaderNames.RetryDelay, RetryDelay(delivery)),
            .. Origin(delivery, queue),
        ]), cancellationToken);
    }

    /// <summary>Microseconds that the message has spent in retry queues so far.</summary>
    public static long RetryDelay(Delivery delivery)
    {
        var before = delivery.Message.Number(HeaderNames.RetryDelay) ?? 0;
        return delivery.Message.Number(HeaderNames.RetriedAt) is { } retriedAt
            ? before + Math.Max(0, delivery.ReceivedAt.ToMicroseconds() - retriedAt)
            : before;
    }

    public async ValueTask DisposeAsync()
    {
        _turn.Dispose();
        await _publisher.DisposeAsync();
    }

    private async Task MoveAsync(Delivery delivery, TransportMessage copy, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var refused = await PublishAsync(copy, cancellationToken);
            if (refused is NoReceiverException)
            {
                // Somebody has deleted the queue.
                await transport.DeclareAsync(cancellationToken);
                refused = await PublishAsync(copy, cancellationToken);
            }

            if (refused is not null)
            {
                throw new InvalidOperationException($"The broker did not take a failed message into '{copy.RoutingKey}'.", refused);
            }
        }
        finally
        {
            _turn.Release();
        }

        await crashPoints.PassAsync(CrashPoints.Moved);
        delivery.Session.Acknowledge(delivery);
    }

    private async Task<Exception?> PublishAsync(TransportMessage copy, CancellationToken cancellationToken)
    {
        await _publisher.ReadyAsync(cancellationToken);
        return (await _publisher.PublishAsync([copy], cancellationToken))[0];
    }

    private static IEnumerable<KeyValuePair<string, object?>> Origin(Delivery delivery, QueuePlan queue)
    {
        // A message that comes back from a retry queue was last routed by that queue's name; where it came from first is in its headers.
        yield return new(HeaderNames.OriginExchange, delivery.Message.Text(HeaderNames.OriginExchange) ?? delivery.Message.Exchange);
        yield return new(HeaderNames.OriginRoutingKey, delivery.Message.Text(HeaderNames.OriginRoutingKey) ?? delivery.Message.RoutingKey);
        yield return new(HeaderNames.OriginQueue, queue.Name);
        yield return new(HeaderNames.OriginApp, delivery.Message.AppId);
    }

    private static string? Cut(string? text) => text is { Length: > LongestStack } ? text[..LongestStack] : text;
}
