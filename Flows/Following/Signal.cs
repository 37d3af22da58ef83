using System.Text;
using System.Text.Json;
using Flows.Otlp;

namespace Flows.Following;

/// <summary>One kind of telemetry that the API gives out, and the names of its parts in OTLP's JSON.</summary>
/// <param name="Name">The name in the API's path.</param>
/// <param name="ByResource">The list of resources.</param>
/// <param name="ByScope">Each resource's list of scopes.</param>
/// <param name="Items">Each scope's list of items.</param>
/// <param name="Take">Passes one line of OTLP's JSON to the intake.</param>
internal sealed record Signal(string Name, string ByResource, string ByScope, string Items, Action<ReadOnlyMemory<byte>> Take)
{
    public static Signal Spans(Intake intake) => new(
        "spans", "resourceSpans", "scopeSpans", "spans", line => intake.TakeTraces(OtlpFormat.Json, line.Span));

    public static Signal Logs(Intake intake) => new(
        "logs", "resourceLogs", "scopeLogs", "logRecords", line => intake.TakeLogs(line.Span));

    /// <summary>
    /// Splits an answer of the API into lines with one item each, as in a stream. Parsing the whole answer at once would need ten times its
    /// size.
    /// </summary>
    public IEnumerable<ReadOnlyMemory<byte>> LinesOf(JsonDocument answer) =>
        from resource in Each(answer.RootElement.TryGetProperty("data", out var data) ? data : default, ByResource)
        from scope in Each(resource, ByScope)
        from item in Each(scope, Items)
        select LineOf(RawText(resource, "resource"), RawText(scope, "scope"), item.GetRawText());

    private ReadOnlyMemory<byte> LineOf(string resource, string scope, string item) => Encoding.UTF8.GetBytes(
        $$"""{"{{ByResource}}":[{"resource":{{resource}},"{{ByScope}}":[{"scope":{{scope}},"{{Items}}":[{{item}}]}]}]}""");

    private static JsonElement.ArrayEnumerator Each(JsonElement of, string list) =>
        of.ValueKind is JsonValueKind.Object && of.TryGetProperty(list, out var items) && items.ValueKind is JsonValueKind.Array
            ? items.EnumerateArray()
            : default;

    private static string RawText(JsonElement of, string name) => of.TryGetProperty(name, out var value) ? value.GetRawText() : "{}";
}
