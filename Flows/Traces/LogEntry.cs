namespace Flows.Traces;

public enum LogLevel
{
    Trace,
    Debug,
    Information,
    Warning,
    Error,
    Critical,
}

/// <summary>One structured log line. Never changes once it is in the store.</summary>
public sealed class LogEntry
{
    public required DateTimeOffset Time { get; init; }
    public required LogLevel Level { get; init; }
    public required string Message { get; init; }
    public required TelemetrySource Source { get; init; }
    public TraceId TraceId { get; init; }
    public SpanId SpanId { get; init; }
    public required Tag[] Tags { get; init; }

    /// <summary>About how much memory this line holds.</summary>
    public required int Bytes { get; init; }

    public string Service => Source.Service;
}
