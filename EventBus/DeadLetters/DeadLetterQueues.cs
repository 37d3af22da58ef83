using System.Collections.Concurrent;
using EventBus.Failure;
using EventBus.Messages;
using EventBus.Transport;

namespace EventBus.DeadLetters;

/// <summary>
/// Reads, replays and discards the dead letters of this service's queues. A replayed message keeps its id: if it had been handled before,
/// the inbox recognises it and it has no second effect.
/// </summary>
/// <remarks>
/// Several readers at the same time, in any process, are safe: the broker hands each dead letter to one of them, and a letter leaves the
/// dead letters only after the broker stored its replay. A process that crashes in between leaves both, and the inbox recognises the second
/// delivery. A reader does not see what another holds at the moment; in one process they wait for each other.
/// </remarks>
public sealed class DeadLetterQueues
{
    internal const int DefaultLimit = 10_000;

    private readonly ITransport _transport;
    private readonly TopologyPlan _plan;
    private readonly MessageRegistry _registry;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new();

    internal DeadLetterQueues(ITransport transport, TopologyPlan plan, MessageRegistry registry, TimeProvider clock) =>
        (_transport, _plan, _registry, _clock) = (transport, plan, registry, clock);

    /// <summary>The queues this service consumes; each has its own dead letters.</summary>
    public IReadOnlyList<string> Names => [.. _plan.Consumed.Select(queue => queue.Name)];

    /// <summary>Counts the dead letters of each queue without touching them. A queue that cannot be counted now is left out.</summary>
    /// <param name="cancellationToken">Ends the counting.</param>
    public async Task<IReadOnlyList<DeadLetterCount>> CountAsync(CancellationToken cancellationToken = default)
    {
        var counts = new List<DeadLetterCount>();
        foreach (var queue in _plan.Consumed)
        {
            if (await _transport.MeasureAsync(queue, fresh: false, cancellationToken) is { } depth)
            {
                counts.Add(new DeadLetterCount(queue.Name, depth.DeadLetters));
            }
        }

        return counts;
    }

    /// <summary>Reads the oldest dead letters of a queue and leaves them there.</summary>
    /// <param name="queue">One of <see cref="Names"/>.</param>
    /// <param name="limit">The most to read. Default: 100.</param>
    /// <param name="cancellationToken">Also ends the wait for a broker that cannot be reached.</param>
    /// <exception cref="ArgumentException">The queue is not one of this service's.</exception>
    /// <exception cref="BrokerLostException">The connection was lost; what was not settled is still a dead letter.</exception>
    public async Task<IReadOnlyList<DeadLetter>> PeekAsync(string queue, int limit = 100, CancellationToken cancellationToken = default) =>
        (await ReplayAsync(new DeadLetterReplay { Queue = queue, Limit = limit, DryRun = true }, cancellationToken)).Letters;

    /// <summary>Why this service could not read a body; null when it could.</summary>
    /// <param name="type">The wire name of the message, as in <c>ordering.order-placed</c>.</param>
    /// <param name="body">JSON in UTF-8.</param>
    public string? FindFault(string? type, ReadOnlyMemory<byte> body)
    {
        if (type is null || _registry.FindSubscription(type) is not { } subscription)
        {
            return $"This service has no handler for '{type}'.";
        }

        try
        {
            subscription.Read(body);
            return null;
        }
        catch (UnreadableBodyException fault)
        {
            return fault.Message;
        }
    }

    /// <summary>Delivers dead letters to the queue in which they failed. Each is removed only after the broker stored it there.</summary>
    /// <param name="replay">Which, and how fast.</param>
    /// <param name="cancellationToken">Stops between two messages.</param>
    /// <exception cref="ArgumentException">The queue is not one of this service's.</exception>
    /// <exception cref="BrokerLostException">The connection was lost; what was not settled is still a dead letter.</exception>
    /// <exception cref="InvalidOperationException">The broker did not store a message; it is still a dead letter.</exception>
    public async Task<DeadLetterOutcome> ReplayAsync(DeadLetterReplay replay, CancellationToken cancellationToken = default)
    {
        var pause = TimeSpan.FromSeconds(1 / Math.Max(replay.Rate, 0.001));
        var startedAt = _clock.GetTimestamp();
        var replayed = new HashSet<(string?, long?)>();
        return await VisitAsync(replay.Queue, replay.Limit, ReplayOneAsync, cancellationToken);

        async Task<Visit> ReplayOneAsync(Delivery delivery, DeadLetter letter)
        {
            // A message that fails again during this replay is not replayed twice. It is recognised by the mark it was given here: the time
            // of its failure comes from the clock of another process.
            if (replayed.Contains((delivery.Message.MessageId, delivery.Message.Number(HeaderNames.ReplayedAt))) || !replay.Where(letter))
            {
                return Visit.Skipped;
            }

            if (replay.DryRun)
            {
                return Visit.Done;
            }

            if (_clock.GetElapsedTime(startedAt) > replay.TimeLimit)
            {
                return Visit.Left;
            }

            var replayedAt = _clock.GetUtcNow().ToMicroseconds();
            replayed.Add((delivery.Message.MessageId, replayedAt));
            await delivery.ResendAsync(
                FailedMessage.ForReplay(delivery.Message, letter.Id, replayedAt, replay.Body), TimeSpan.Zero, cancellationToken);
            replay.OnReplayed?.Invoke(letter);
            await Task.Delay(pause, _clock, cancellationToken);
            return Visit.Done;
        }
    }

    /// <summary>Deletes dead letters. They cannot be restored.</summary>
    /// <param name="queue">One of <see cref="Names"/>.</param>
    /// <param name="where">Chooses them.</param>
    /// <param name="onDiscarded">Called for each one that was deleted, so also for those before an error or a cancellation.</param>
    /// <param name="cancellationToken">Stops between two messages.</param>
    /// <exception cref="ArgumentException">The queue is not one of this service's.</exception>
    /// <exception cref="BrokerLostException">The connection was lost; what was not settled is still a dead letter.</exception>
    public Task<DeadLetterOutcome> DiscardAsync(
        string queue,
        Func<DeadLetter, bool> where,
        Action<DeadLetter>? onDiscarded = null,
        CancellationToken cancellationToken = default) =>
        VisitAsync(
            queue,
            DefaultLimit,
            async (delivery, letter) =>
            {
                if (!where(letter))
                {
                    return Visit.Skipped;
                }

                await delivery.AcknowledgeAsync(cancellationToken);
                onDiscarded?.Invoke(letter);
                return Visit.Done;
            },
            cancellationToken);

    private async Task<DeadLetterOutcome> VisitAsync(
        string name, int limit, Func<Delivery, DeadLetter, Task<Visit>> visitAsync, CancellationToken cancellationToken)
    {
        var queue = _plan.Consumed.FirstOrDefault(queue => queue.Name == name)
            ?? throw new ArgumentException($"'{name}' is not a queue of this service; it has {string.Join(", ", Names)}.", nameof(name));
        var turn = _turns.GetOrAdd(name, _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancellationToken);
        try
        {
            var letters = new List<DeadLetter>();
            var left = 0;
            await using var reader = await DeadLetterReader.OpenAsync(_transport, queue, limit, _clock, cancellationToken);
            while (await reader.NextAsync(cancellationToken) is var (delivery, letter))
            {
                switch (await visitAsync(delivery, letter))
                {
                    case Visit.Done:
                        letters.Add(letter);
                        break;

                    case Visit.Left:
                        left++;
                        break;
                }
            }

            return new DeadLetterOutcome(letters, left);
        }
        finally
        {
            turn.Release();
        }
    }

    private enum Visit
    {
        Skipped,
        Done,
        Left,
    }
}
