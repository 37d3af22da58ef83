namespace Flows.Following;

/// <summary>Whether Aspire's dashboard is being followed, for the pages.</summary>
public sealed class FollowState
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, string> _faults = new(StringComparer.Ordinal);
    private volatile string? _fault;
    private long _version;

    /// <summary>Changes with each connection and each failure.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>
    /// Why spans or log lines cannot be followed now; null while both are followed or have not been tried yet.
    /// </summary>
    public string? Fault => _fault;

    /// <summary>Stored spans and log lines that the dashboard did not give out.</summary>
    public long Missed { get; private set; }

    public void Miss(long items) => Missed += items;

    /// <param name="signal">
    /// Spans and log lines come in streams of their own; the connection of one does not cure the fault of the other.
    /// </param>
    public void Connected(string signal) => Set(signal, null);

    public void Failed(string signal, string fault) => Set(signal, fault);

    private void Set(string signal, string? fault)
    {
        lock (_gate)
        {
            if (fault is null)
            {
                _faults.Remove(signal);
            }
            else
            {
                _faults[signal] = fault;
            }

            var first = _faults.Values.FirstOrDefault();
            if (first != _fault)
            {
                _fault = first;
                Interlocked.Increment(ref _version);
            }
        }
    }
}
