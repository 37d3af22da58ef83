using System.Text;
using System.Threading.Channels;
using EventBus.Telemetry;
using EventBus.Topology;
using EventBus.Transport;

namespace EventBus;

/// <summary>
/// Reads and replays the dead letters of this service's queues. A replayed message keeps its id: where its effect had happened after all, the
/// inbox lets it pass without a second one.
/// </summary>
public sealed class DeadLetters
{
    private const int MostAtOnce = 60_000;

    // How long to wait for a letter that was counted, and for one that was not: what another look at the queue held comes back to it late.
    private static readonly TimeSpan Expected = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Unexpected = TimeSpan.FromMilliseconds(300);

    // What a replay forgets: the message starts over, with all its attempts.
    private static readonly string[] Forgotten =
    [
        HeaderNames.Attempt, HeaderNames.RetriedAt, HeaderNames.RetryDelay, HeaderNames.FirstFailedAt, HeaderNames.LastFailedAt, HeaderNames.Reason,
        HeaderNames.ExceptionType, HeaderNames.ExceptionMessage, HeaderNames.ExceptionStack, "x-death", "x-delivery-count",
    ];

    private readonly ITransport _transport;
    private readonly TopologyPlan _plan;
    private readonly TimeProvider _time;

    internal DeadLetters(ITransport transport, TopologyPlan plan, TimeProvider time) => (_transport, _plan, _time) = (transport, plan, time);

    /// <summary>The queues this service consumes from; each has its own dead letters.</summary>
    public IReadOnlyList<string> Queues => [.. _plan.Consumed.Select(queue => queue.Name)];

    /// <summary>Looks at the oldest dead letters of a queue and leaves them where they are.</summary>
    /// <param name="queue">One of <see cref="Queues"/>.</param>
    /// <param name="limit">At most so many. Default: 100.</param>
    /// <param name="cancellationToken">Also ends the wait for a broker that is away.</param>
    /// <exception cref="ArgumentException">The queue is not this service's.</exception>
    public Task<IReadOnlyList<DeadLetter>> PeekAsync(string queue, int limit = 100, CancellationToken cancellationToken = default) =>
        ReplayAsync(new DeadLetterReplay { Queue = queue, Limit = limit, DryRun = true }, cancellationToken);

    /// <summary>Puts dead letters back into the queue they failed in. Each is removed only after the broker has it there.</summary>
    /// <param name="replay">Which, and how fast.</param>
    /// <param name="cancellationToken">Stops between two messages.</param>
    /// <returns>What was, or with <see cref="DeadLetterReplay.DryRun"/> would be, replayed.</returns>
    /// <exception cref="ArgumentException">The queue is not this service's.</exception>
    public async Task<IReadOnlyList<DeadLetter>> ReplayAsync(DeadLetterReplay replay, CancellationToken cancellationToken = default)
    {
        var queue = _plan.Consumed.FirstOrDefault(queue => queue.Name == replay.Queue)
            ?? throw new ArgumentException($"'{replay.Queue}' is not a queue of this service; it has {string.Join(", ", Queues)}.", nameof(replay));
        var limit = Math.Clamp(replay.Limit, 1, MostAtOnce);
        var waiting = Math.Min(await _transport.CountAsync(queue.DeadLetterQueue, cancellationToken) ?? 0, limit);

        await using var publisher = _transport.CreatePublisher();
        await publisher.ReadyAsync(cancellationToken);

        // Everything is held at once and what is not acknowledged returns at the end, so that no message is looked at twice.
        var deliveries = Channel.CreateUnbounded<Delivery>();
        await using var session = await _transport.ConsumeAsync(
            queue.DeadLetterQueue, limit, delivery => deliveries.Writer.TryWrite(delivery), cancellationToken);

        var chosen = new List<DeadLetter>();
        var replayed = new HashSet<(string?, long?)>();
        for (var seen = 0; seen < limit; seen++)
        {
            if (await NextAsync(deliveries.Reader, seen < waiting ? Expected : Unexpected, cancellationToken) is not { } delivery)
            {
                break;
            }

            // What fails again while this runs is not for this replay. Known by the mark it was given here, not by when it failed: that was told by
            // the clock of another process.
            var letter = Describe(delivery, queue);
            if (replayed.Contains((delivery.Message.MessageId, delivery.Message.Number(HeaderNames.ReplayedAt))) || !replay.Where(letter))
            {
                continue;
            }

            chosen.Add(letter);
            if (!replay.DryRun)
            {
                var replayedAt = _time.GetUtcNow().ToMicroseconds();
                replayed.Add((delivery.Message.MessageId, replayedAt));
                await ReplayAsync(delivery, queue, replayedAt, publisher, cancellationToken);
                await Task.Delay(TimeSpan.FromSeconds(1 / Math.Max(replay.Rate, 0.001)), _time, cancellationToken);
            }
        }

        return chosen;
    }

    private static async Task ReplayAsync(
        Delivery delivery, QueuePlan queue, long replayedAt, IPublisher publisher, CancellationToken cancellationToken)
    {
        var fresh = delivery.Message with { Headers = delivery.Message.Headers.Where(header => !Forgotten.Contains(header.Key)).ToDictionary() };
        var results = await publisher.PublishAsync([fresh.To(queue.Name, [new(HeaderNames.ReplayedAt, replayedAt)])], cancellationToken);
        if (results[0] is { } refused)
        {
            throw new InvalidOperationException($"The broker did not take {delivery.Message.MessageId} back into '{queue.Name}'.", refused);
        }

        delivery.Session.Acknowledge(delivery);
    }

    /// <summary>Null when none came in this time.</summary>
    private async Task<Delivery?> NextAsync(ChannelReader<Delivery> deliveries, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(patience, _time);
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
            Key = message.Text(HeaderNames.Key),
            CorrelationId = message.CorrelationId,
            Reason = message.Text(HeaderNames.Reason) ?? message.Text("x-first-death-reason") ?? "unknown",
            ExceptionType = message.Text(HeaderNames.ExceptionType),
            ExceptionMessage = message.Text(HeaderNames.ExceptionMessage),
            ExceptionStack = message.Text(HeaderNames.ExceptionStack),
            Attempts = (int)(message.Number(HeaderNames.Attempt) ?? 1),
            CreatedAt = Time(HeaderNames.CreatedAt) ?? message.Timestamp,
            FirstFailedAt = Time(HeaderNames.FirstFailedAt),
            LastFailedAt = Time(HeaderNames.LastFailedAt),
            OriginExchange = message.Text(HeaderNames.OriginExchange),
            OriginRoutingKey = message.Text(HeaderNames.OriginRoutingKey),
            OriginApp = message.Text(HeaderNames.OriginApp),
            Body = Encoding.UTF8.GetString(message.Body.Span),
        };

        DateTimeOffset? Time(string header) => message.Number(header) is { } microseconds ? BusTelemetry.FromMicroseconds(microseconds) : null;
    }
}
