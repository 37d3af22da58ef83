using Flows.Traces;

namespace Flows.Following;

/// <summary>Addresses of pages in Aspire's dashboard; null if the address of that dashboard is not configured.</summary>
public sealed class AspireLinks(FlowsOptions options)
{
    public string? Home => To("/");

    public string? Trace(TraceId trace) => To($"/traces/detail/{trace}");

    public string? Span(SpanRef at) => To($"/traces/detail/{at.TraceId}?spanId={at.SpanId}");

    public string? Service(string name) => To($"/structuredlogs/resource/{Uri.EscapeDataString(name)}");

    /// <summary>
    /// The details of the resource. Aspire names a process after its service and <c>service.instance.id</c>; null without that id.
    /// </summary>
    public string? Resource(TelemetrySource source) => source.Instance.Length == 0
        ? null
        : To($"/?resource={Uri.EscapeDataString($"{source.Service}-{source.Instance}")}");

    public string? Log(LogEntry log) => log.Tags.Find("aspire.log_id") is { } id
        ? To($"/structuredlogs?traceId={log.TraceId}&logEntryId={Uri.EscapeDataString(id)}")
        : To($"/structuredlogs?traceId={log.TraceId}");

    private string? To(string path) => options.Followed is { } address ? new Uri(address, path).ToString() : null;
}
