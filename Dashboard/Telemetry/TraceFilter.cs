namespace Dashboard.Telemetry;

/// <summary>Which traces somebody wants to see. What is null or false does not narrow.</summary>
public sealed record TraceFilter(string? Service = null, string? Text = null, bool OnlyErrors = false, TimeSpan? Longer = null)
{
    public bool IsEmpty => Service is null && Text is null && !OnlyErrors && Longer is null;

    public bool Matches(Trace trace) =>
        (!OnlyErrors || trace.Errors > 0)
        && (Longer is null || trace.Duration >= Longer)
        && (Service is null || HasService(trace))
        && (Text is null || Has(trace.Root?.Name) || Has(trace.Id.ToString()) || HasKey(trace) || HasName(trace));

    private bool HasService(Trace trace)
    {
        foreach (var span in trace.Spans.Read())
        {
            if (span.Service == Service)
            {
                return true;
            }
        }

        return false;
    }

    private bool HasName(Trace trace)
    {
        foreach (var span in trace.Spans.Read())
        {
            if (Has(span.Name))
            {
                return true;
            }
        }

        return false;
    }

    private bool HasKey(Trace trace) => trace.Keys.ToSegment().Any(Has) || trace.Conversations.ToSegment().Any(Has);

    private bool Has(string? value) => value?.Contains(Text!, StringComparison.OrdinalIgnoreCase) is true;
}
