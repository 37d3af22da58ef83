namespace Dashboard.Telemetry;

/// <summary>The newest structured log lines. The ingest thread adds; any number read.</summary>
public sealed class LogStore(TelemetryLimits limits)
{
    private readonly BoundedLog<LogEntry> _entries = new(limits.Logs);
    private readonly Dictionary<TelemetrySource, int> _errorsOf = [];
    private long _bytes;

    public Tally Tally { get; } = new();

    public long Version => _entries.Appended;

    public long NextNumber => _entries.Appended + 1;

    public void Add(LogEntry entry)
    {
        while (_entries.IsFull || (_bytes + entry.Bytes > limits.LogBytes && _entries.Count > 0))
        {
            var oldest = _entries.RemoveOldest()!;
            _bytes -= oldest.Bytes;
            Tally.Drop(1, oldest.Time);
            Count(oldest, -1);
        }

        _entries.Append(entry);
        _bytes += entry.Bytes;
        Tally.Receive(1);
        Count(entry, 1);
    }

    /// <summary>The lines from the oldest to the newest.</summary>
    public List<LogEntry> Snapshot() => _entries.Snapshot();

    public LogEntry? Find(long number) => _entries.Snapshot(number - 1) is [var entry, ..] && entry.Number == number ? entry : null;

    /// <summary>How many of the kept lines of a service are errors.</summary>
    public int ErrorsOf(string service, string? instance)
    {
        lock (_errorsOf)
        {
            return _errorsOf
                .Where(pair => pair.Key.Service == service && (string.IsNullOrEmpty(instance) || pair.Key.Instance == instance))
                .Sum(pair => pair.Value);
        }
    }

    private void Count(LogEntry entry, int change)
    {
        if (entry.Level < LogLevel.Error)
        {
            return;
        }

        lock (_errorsOf)
        {
            var errors = _errorsOf.GetValueOrDefault(entry.Source) + change;
            if (errors > 0)
            {
                _errorsOf[entry.Source] = errors;
            }
            else
            {
                _errorsOf.Remove(entry.Source);
            }
        }
    }
}
