namespace Flows.Traces;

/// <summary>The newest structured log lines, each once. The ingest thread adds; any number read.</summary>
public sealed class LogStore(TelemetryLimits limits)
{
    private readonly BoundedLog<LogEntry> _entries = new(limits.Logs);
    private readonly HashSet<Identity> _known = [];
    private long _bytes;

    public Tally Tally { get; } = new();

    public long Version => _entries.Appended;

    /// <summary>Adds a line, unless it is already there: exporters that retry and streams that reconnect repeat lines.</summary>
    public void Add(LogEntry entry)
    {
        if (!_known.Add(new Identity(entry)))
        {
            return;
        }

        while (_entries.IsFull || (_bytes + entry.Bytes > limits.LogBytes && _entries.Count > 0))
        {
            var oldest = _entries.RemoveOldest()!;
            _bytes -= oldest.Bytes;
            _known.Remove(new Identity(oldest));
            Tally.Drop(1, oldest.Time);
        }

        _entries.Append(entry);
        _bytes += entry.Bytes;
        Tally.Receive(1);
    }

    /// <summary>The lines from the oldest to the newest.</summary>
    public List<LogEntry> Snapshot() => _entries.Snapshot();

    // Log lines have no id, so they are compared by time (in steps of 100 ns) and content.
    private readonly record struct Identity(TelemetrySource Source, DateTimeOffset Time, TraceId TraceId, SpanId SpanId, string Message)
    {
        public Identity(LogEntry entry) : this(entry.Source, entry.Time, entry.TraceId, entry.SpanId, entry.Message)
        {
        }
    }
}
