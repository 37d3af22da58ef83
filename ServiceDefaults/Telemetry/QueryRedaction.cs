using System.Diagnostics;
using OpenTelemetry;

namespace ServiceDefaults.Telemetry;

/// <summary>
/// Replaces the values in query strings of spans: <c>?q=Redacted&amp;page=Redacted</c>. Instrumentation does it too, but Aspire's AppHost
/// switches that off in development. A processor decides last, whatever the setting and whichever library made the span.
/// </summary>
internal sealed class QueryRedaction : BaseProcessor<Activity>
{
    private const string Query = "url.query";
    private const string Redacted = "Redacted";

    // The two older names are those of earlier conventions, which some libraries still use.
    private static readonly string[] Addresses = ["url.full", "http.url", "http.target"];

    public override void OnEnd(Activity data)
    {
        if (data.GetTagItem(Query) is string { Length: > 0 } query)
        {
            data.SetTag(Query, Redact(query));
        }

        foreach (var name in Addresses)
        {
            if (data.GetTagItem(name) is string address && address.IndexOf('?', StringComparison.Ordinal) is var start and >= 0)
            {
                data.SetTag(name, address[..start] + Redact(address[start..]));
            }
        }
    }

    private static string Redact(string query) =>
        (query[0] is '?' ? "?" : "") + string.Join('&', query.TrimStart('?').Split('&').Select(RedactMember));

    // Text without a name may be a value itself, as in ?token.
    private static string RedactMember(string member) =>
        member.IndexOf('=', StringComparison.Ordinal) is var end and > 0 ? $"{member[..end]}={Redacted}" : Redacted;
}
