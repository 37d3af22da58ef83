using System.Text;
using System.Threading.Channels;
using EventBus.Failure;
using EventBus.Messages;
using EventBus.Transport;

namespace EventBus.DeadLetters;

/// <summary>
/// Reads and replays the dead letters of this service's queues. A replayed message keeps its id: if it had been handled before, the inbox
/// recognises it and it has no second effect.
/// </summary>
public sealed class DeadLetterQueues
{
    private const int MostAtOnce = 60_000;

    // A dead letter that was counted arrives soon. One that another reader holds comes back to the queue a little later, uncounted.
    private static readonly TimeSpan Expected = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Unexpected = TimeSpan.FromMilliseconds(300);

    private readonly ITransport _transport;
    private readonly TopologyPlan _plan;
    private readonly TimeProvider _clock;

    internal DeadLetterQueues(ITransport transport, TopologyPlan plan, TimeProvider clock) =>
        (_transport, _plan, _clock) = (transport, plan, clock);

    /// <summary>The queues this service consumes; each has its own dead letters.</summary>
    public IReadOnlyList<string> Names => [.. _plan.Consumed.Select(queue => queue.Name)];

    /// <summary>Reads the oldest dead letters of a queue and leaves them there.</summary>
    /// <param name="queue">One of <see cref="Names"/>.</param>
    /// <param name="limit">The most to read. Default: 100.</param>
    /// <param name="cancellationToken">Also ends the wait for a broker that cannot be reached.</param>
    /// <exception cref="ArgumentException">The queue is not one of this service's.</exception>
    public Task<IReadOnlyList<DeadLetter>> PeekAsync(string queue, int limit = 100, CancellationToken cancellationToken = default) =>
        ReplayAsync(new DeadLetterReplay { Queue = queue, Limit = limit, DryRun = true }, cancellationToken);

    /// <summary>Delivers dead letters to the queue in which they failed. Each is removed only after the broker stored it there.</summary>
    /// <param name="replay">Which, and how fast.</param>
    /// <param name="cancellationToken">Stops between two messages.</param>
    /// <returns>What was replayed, or with <see cref="DeadLetterReplay.DryRun"/> would be.</returns>
    /// <exception cref="ArgumentException">The queue is not one of this service's.</exception>
    /// <exception cref="InvalidOperationException">The broker did not store a message; it is still a dead letter.</exception>
    public async Task<IReadOnlyList<DeadLetter>> ReplayAsync(DeadLetterReplay replay, CancellationToken cancellationToken = default)
    {
        var queue = _plan.Consumed.FirstOrDefault(queue => queue.Name == replay.Queue)
            ?? throw new ArgumentException(
                $"'{replay.Queue}' is not a queue of this service; it has {string.Join(", ", Names)}.", nameof(replay));
        var limit = Math.Clamp(replay.Limit, 1, MostAtOnce);
        var counted = Math.Min((await _transport.MeasureAsync(queue, cancellationToken))?.DeadLetters ?? 0, limit);

        // All are held until the end, so that none is delivered twice; those that were not acknowledged then return to the queue.
        var deliveries = Channel.CreateUnbounded<Delivery>();
        await using var session = await _transport.ConsumeDeadLettersAsync(
            queue, limit, delivery => deliveries.Writer.TryWrite(delivery), cancellationToken);

        var chosen = new List<DeadLetter>();
        var replayed = new HashSet<(string?, long?)>();
        for (var read = 0; read < limit; read++)
        {
            if (await NextAsync(deliveries.Reader, read < counted ? Expected : Unexpected, cancellationToken) is not { } delivery)
            {
                break;
            }

            // A message that fails again during this replay is not replayed twice. It is recognised by the mark it was given here: the time
            // of its failure comes from the clock of another process.
            var letter = Describe(delivery, queue);
            if (replayed.Contains((delivery.Message.MessageId, delivery.Message.Number(HeaderNames.ReplayedAt))) || !replay.Where(letter))
            {
                continue;
            }

            chosen.Add(letter);
            if (!replay.DryRun)
            {
                var replayedAt = _clock.GetUtcNow().ToMicroseconds();
                replayed.Add((delivery.Message.MessageId, replayedAt));
                await delivery.ResendAsync(FailedMessage.ForReplay(delivery.Message, replayedAt), TimeSpan.Zero, cancellationToken);
                await Task.Delay(TimeSpan.FromSeconds(1 / Math.Max(replay.Rate, 0.001)), _clock, cancellationToken);
            }
        }

        return chosen;
    }

    /// <summary>Null when none came in this time.</summary>
    private async Task<Delivery?> NextAsync(ChannelReader<Delivery> deliveries, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(patience, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        try
        {
            return await deliveries.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private static DeadLetter Describe(Delivery delivery, QueuePlan queue)
    {
        var message = delivery.Message;
        return new DeadLetter
        {
            Queue = queue.Name,
            MessageId = Guid.TryParse(message.MessageId, out var id) ? id : null,
            Type = message.Type,
            Key = message.Key,
            CorrelationId = message.CorrelationId,
            Reason = message.Text(HeaderNames.Reason) ?? "unknown",
            ExceptionType = message.Text(HeaderNames.ExceptionType),
            ExceptionMessage = message.Text(HeaderNames.ExceptionMessage),
            ExceptionStack = message.Text(HeaderNames.ExceptionStack),
            Attempts = FailedMessage.Attempt(message),
            CreatedAt = Time(HeaderNames.CreatedAt) ?? message.Timestamp,
            FirstFailedAt = Time(HeaderNames.FirstFailedAt),
            LastFailedAt = Time(HeaderNames.LastFailedAt),
            OriginApp = message.Text(HeaderNames.OriginApp),
            Body = Encoding.UTF8.GetString(message.Body.Span),
        };

        DateTimeOffset? Time(string header) => UnixMicroseconds.ToTime(message.Number(header));
    }
}
