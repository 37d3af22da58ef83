using System.Text;
using System.Threading.Channels;
using EventBus.Failure;
using EventBus.Messages;
using EventBus.Transport;

namespace EventBus.DeadLetters;

/// <summary>
/// Holds dead letters of a queue until it is disposed. Those that were not settled then return to the queue: none is read twice.
/// </summary>
internal sealed class DeadLetterReader : IAsyncDisposable
{
    private const int MostAtOnce = 60_000;

    // A dead letter that was counted arrives soon. One that another reader holds comes back to the queue a little later, uncounted.
    private static readonly TimeSpan Expected = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Unexpected = TimeSpan.FromMilliseconds(300);

    private readonly QueuePlan _queue;
    private readonly TimeProvider _clock;
    private readonly Channel<Delivery> _deliveries = Channel.CreateUnbounded<Delivery>();
    private IConsumerSession? _session;
    private long _counted;
    private int _left;

    private DeadLetterReader(QueuePlan queue, int limit, TimeProvider clock) =>
        (_queue, _left, _clock) = (queue, Math.Clamp(limit, 1, MostAtOnce), clock);

    public static async Task<DeadLetterReader> OpenAsync(
        ITransport transport, QueuePlan queue, int limit, TimeProvider clock, CancellationToken cancellationToken)
    {
        var reader = new DeadLetterReader(queue, limit, clock);
        reader._counted = (await transport.MeasureAsync(queue, fresh: true, cancellationToken))?.DeadLetters ?? 0;
        reader._session = await transport.ConsumeDeadLettersAsync(
            queue, reader._left, delivery => reader._deliveries.Writer.TryWrite(delivery), cancellationToken);
        return reader;
    }

    /// <summary>The next one, oldest first; null when there is none.</summary>
    /// <exception cref="BrokerLostException">What was read is no longer held, or there may be more.</exception>
    public async Task<(Delivery Delivery, DeadLetter Letter)?> NextAsync(CancellationToken cancellationToken)
    {
        if (_left-- <= 0)
        {
            return null;
        }

        var delivery = await ReadAsync(cancellationToken);
        if (_session is { Ended: { IsCompleted: true } ended })
        {
            throw new BrokerLostException(ended.Exception?.InnerException);
        }

        return delivery is null ? null : (delivery, Describe(delivery.Message));
    }

    public ValueTask DisposeAsync() => _session?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Null when none came for a while.</summary>
    private async Task<Delivery?> ReadAsync(CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(_counted-- > 0 ? Expected : Unexpected, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        try
        {
            return await _deliveries.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private DeadLetter Describe(TransportMessage message)
    {
        var reason = message.Text(HeaderNames.Reason) ?? "unknown";
        var (exception, frame) = (message.Text(HeaderNames.ExceptionType), message.Text(HeaderNames.ExceptionFrame));
        return new DeadLetter
        {
            Id = DeadLetterIdentity.Of(message),
            Group = DeadLetterIdentity.OfGroup(message.Type, reason, exception, frame),
            Queue = _queue.Name,
            MessageId = Guid.TryParse(message.MessageId, out var id) ? id : null,
            Type = message.Type,
            Key = message.Key,
            CorrelationId = message.CorrelationId,
            Reason = reason,
            ExceptionType = exception,
            ExceptionMessage = message.Text(HeaderNames.ExceptionMessage),
            ExceptionStack = message.Text(HeaderNames.ExceptionStack),
            ExceptionFrame = frame,
            Attempts = FailedMessage.Attempt(message),
            CreatedAt = Time(HeaderNames.CreatedAt) ?? message.Timestamp,
            FirstFailedAt = Time(HeaderNames.FirstFailedAt),
            LastFailedAt = Time(HeaderNames.LastFailedAt),
            ReplayedAt = Time(HeaderNames.ReplayedAt),
            ReplayOf = message.Text(HeaderNames.ReplayOf),
            TraceParent = message.Text(HeaderNames.TraceParent),
            OriginApp = message.Text(HeaderNames.OriginApp),
            Headers = message.Headers.Keys.ToDictionary(name => name, message.Text),
            Body = Encoding.UTF8.GetString(message.Body.Span),
        };

        DateTimeOffset? Time(string header) => UnixMicroseconds.ToTime(message.Number(header));
    }
}
