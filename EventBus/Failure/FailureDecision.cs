namespace EventBus.Failure;

internal abstract record FailureDecision
{
    private FailureDecision()
    {
    }

    /// <summary>Keep the message and try again after a pause; does not count as an attempt.</summary>
    public sealed record WaitForStore(TimeSpan Pause) : FailureDecision;

    /// <summary>Try again in place.</summary>
    public sealed record TryNow(TimeSpan Pause) : FailureDecision;

    /// <summary>Let it be delivered again after this delay.</summary>
    public sealed record TryLater(TimeSpan Delay) : FailureDecision;

    public sealed record DeadLetter(string Reason) : FailureDecision;
}
