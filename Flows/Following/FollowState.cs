namespace Flows.Following;

/// <summary>Whether Aspire's dashboard is being followed, for the pages.</summary>
public sealed class FollowState
{
    private long _version;

    /// <summary>Changes with each connection and each failure.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>Why the dashboard cannot be followed now; null while it is followed or has not been tried yet.</summary>
    public string? Fault { get; private set; }

    /// <summary>Stored spans and log lines that the dashboard did not give out.</summary>
    public long Missed { get; private set; }

    public void Miss(long items) => Missed += items;

    public void Connected() => Set(null);

    public void Failed(string fault) => Set(fault);

    private void Set(string? fault)
    {
        if (fault != Fault)
        {
            Fault = fault;
            Interlocked.Increment(ref _version);
        }
    }
}
