namespace Dashboard.Telemetry;

/// <summary>Which log lines somebody wants to see. What is null does not narrow.</summary>
public sealed record LogFilter(LogLevel? MinLevel = null, string? Service = null, string? Text = null, TraceId? TraceId = null)
{
    public bool IsEmpty => MinLevel is null or LogLevel.Trace && Service is null && Text is null && TraceId is null;

    public bool Matches(LogEntry log) =>
        (MinLevel is null || log.Level >= MinLevel)
        && (Service is null || log.Service == Service)
        && (TraceId is null || log.TraceId == TraceId)
        && (Text is null || Has(log.Message) || Has(log.Category) || log.Tags.Any(tag => Has(tag.Value)));

    private bool Has(string value) => value.Contains(Text!, StringComparison.OrdinalIgnoreCase);
}
