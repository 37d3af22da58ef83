namespace Flows.Traces;

/// <summary>
/// The limits of stored telemetry (configuration section <c>Flows:Limits</c>). The oldest items are dropped first and counted. Bytes
/// are estimates of the memory used.
/// </summary>
public sealed class TelemetryLimits
{
    /// <summary>Spans kept, in all traces. Default 100 000.</summary>
    public int Spans { get; set; } = 100_000;

    /// <summary>Memory for spans. Default 48 MB.</summary>
    public long SpanBytes { get; set; } = 48L << 20;

    /// <summary>The maximum number of spans of one trace; further spans are rejected. Default: 10 000.</summary>
    public int SpansPerTrace { get; set; } = 10_000;

    /// <summary>Log lines kept. Default 50 000.</summary>
    public int Logs { get; set; } = 50_000;

    /// <summary>Memory for log lines. Default 32 MB.</summary>
    public long LogBytes { get; set; } = 32L << 20;

    /// <summary>The maximum number of attributes of a span, event, link or log line. Default: 64.</summary>
    public int Attributes { get; set; } = 64;

    /// <summary>The maximum length of an attribute value or message, in characters. Default: 8 192.</summary>
    public int ValueLength { get; set; } = 8_192;

    /// <summary>Flows kept. Default 10 000.</summary>
    public int Flows { get; set; } = 10_000;
}
