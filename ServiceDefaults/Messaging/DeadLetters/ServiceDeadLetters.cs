using EventBus.DeadLetters;
using Microsoft.Extensions.Logging;

namespace ServiceDefaults.Messaging.DeadLetters;

/// <summary>The dead letters of all queues of this service.</summary>
internal sealed partial class ServiceDeadLetters(DeadLetterQueues queues, TimeProvider clock, ILogger<ServiceDeadLetters> logger)
{
    // Shorter than the gateway's time-out of 30 s.
    private static readonly TimeSpan LongestReplay = TimeSpan.FromSeconds(20);

    public IReadOnlyList<string> Queues => queues.Names;

    public Task<IReadOnlyList<DeadLetterCount>> CountAsync(CancellationToken cancellationToken) => queues.CountAsync(cancellationToken);

    /// <param name="queue">Null for all of them.</param>
    /// <param name="limit">The most to read from each queue.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<DeadLetter>> ListAsync(string? queue, int limit, CancellationToken cancellationToken)
    {
        // Also those that count none: what another reader held just now is not counted yet.
        var read = await Task.WhenAll(
            queues.Names.Where(name => queue is null || name == queue).Select(name => queues.PeekAsync(name, limit, cancellationToken)));
        return [.. read.SelectMany(letters => letters)];
    }

    /// <summary>Null when it is not in its queue.</summary>
    public async Task<DeadLetter?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var found = await ReplayAsync(letter => letter.Id == id, rate: 1, dryRun: true, onReplayed: null, cancellationToken);
        return found.Letters is [var letter, ..] ? letter : null;
    }

    /// <summary>Why the handler of a dead letter could not read this body; null when it could.</summary>
    public string? FindFault(DeadLetter letter, ReadOnlyMemory<byte> body) => queues.FindFault(letter.Type, body);

    /// <param name="where">Chooses the dead letters.</param>
    /// <param name="rate">Messages per second.</param>
    /// <param name="dryRun">Only reports what would be replayed.</param>
    /// <param name="onReplayed">Called for each one that was replayed, also when the replay ends with an error later.</param>
    /// <param name="cancellationToken">Stops between two messages.</param>
    /// <param name="body">Replaces the bodies; null keeps them.</param>
    public async Task<DeadLetterOutcome> ReplayAsync(
        Func<DeadLetter, bool> where,
        double rate,
        bool dryRun,
        Action<DeadLetter>? onReplayed,
        CancellationToken cancellationToken,
        ReadOnlyMemory<byte>? body = null)
    {
        var startedAt = clock.GetTimestamp();
        var all = await ForEachQueueAsync(queue => queues.ReplayAsync(
            new DeadLetterReplay
            {
                Queue = queue,
                Where = where,
                Rate = rate,
                DryRun = dryRun,
                Body = body,
                OnReplayed = onReplayed,
                TimeLimit = LongestReplay - clock.GetElapsedTime(startedAt),
            },
            cancellationToken));
        if (!dryRun)
        {
            LogReplayed(all.Letters.Count, all.Remaining);
        }

        return all;
    }

    public Task<DeadLetterOutcome> DiscardAsync(
        Func<DeadLetter, bool> where, Action<DeadLetter> onDiscarded, CancellationToken cancellationToken)
    {
        return ForEachQueueAsync(queue => queues.DiscardAsync(queue, where, Report, cancellationToken));

        void Report(DeadLetter letter)
        {
            LogDiscarded(letter.MessageId, letter.Type, letter.Queue);
            onDiscarded(letter);
        }
    }

    // At the same time, because a queue is known to have no more only after a silence. The rate holds: what one request replays has one
    // type of message, and so is in one queue.
    private async Task<DeadLetterOutcome> ForEachQueueAsync(Func<string, Task<DeadLetterOutcome>> actAsync)
    {
        var outcomes = await Task.WhenAll(queues.Names.Select(actAsync));
        return new DeadLetterOutcome(
            [.. outcomes.SelectMany(outcome => outcome.Letters)], outcomes.Sum(outcome => outcome.Remaining));
    }
}
