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
    /// <param name="waits">How often this attempt has waited for the store.</param>
    /// <param name="conflicts">How often this attempt has been tried again because of a conflict.</param>
    /// <param name="attempt">Which attempt this is; the first is 1.</param>
    public FailureDecision Decide(Exception fault, int waits, int conflicts, int attempt)
    {
        switch (fault is StoreUnavailableException ? FaultKind.StoreUnavailable : faults.Judge(fault))
        {
            // Every message would fail now. Moving them on would turn an outage into dead letters.
            case FaultKind.StoreUnavailable:
                return new FailureDecision.WaitForStore(Jitter.Backoff(waits + 1, ShortestStorePause, LongestStorePause));

            case FaultKind.Conflict when conflicts + 1 < options.ImmediateTries:
                return new FailureDecision.TryNow(Jitter.Backoff(conflicts + 1, ShortestConflictPause, LongestConflictPause));
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
