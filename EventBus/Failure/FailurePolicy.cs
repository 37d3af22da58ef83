using EventBus.Messages;
using EventBus.Transport;

namespace EventBus.Failure;

/// <summary>Decides what happens to a message whose handling failed.</summary>
internal sealed class FailurePolicy(IStoreFaults faults, EventBusOptions options)
{
    private static readonly TimeSpan ShortestStorePause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestStorePause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortestConflictPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestConflictPause = TimeSpan.FromSeconds(1);

    /// <param name="fault">What the try ended with.</param>
    /// <param name="tries">How often this attempt was tried in place, this try included.</param>
    /// <param name="attempt">Which attempt this is; the first is 1.</param>
    public FailureDecision Decide(Exception fault, int tries, int attempt)
    {
        switch (fault is StoreUnavailableException ? FaultKind.StoreUnavailable : faults.Judge(fault))
        {
            // Every message would fail now. Moving them on would turn an outage into dead letters.
            case FaultKind.StoreUnavailable:
                return new FailureDecision.WaitForStore(Jitter.Backoff(tries, ShortestStorePause, LongestStorePause));

            case FaultKind.Conflict when tries < options.ImmediateTries:
                return new FailureDecision.TryNow(Jitter.Backoff(tries, ShortestConflictPause, LongestConflictPause));
        }

        if (fault is UnreadableBodyException)
        {
            return new FailureDecision.DeadLetter(DeadLetterReasons.BadBody);
        }

        return attempt <= options.RetryLadder.Count
            ? new FailureDecision.TryLater(options.RetryLadder[attempt - 1])
            : new FailureDecision.DeadLetter(DeadLetterReasons.Failed);
    }
}
