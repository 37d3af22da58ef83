using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Flows.Otlp.Wire.Collector.Trace;
using Flows.Otlp.Wire.Common;
using Google.Protobuf;
using WireSpan = Flows.Otlp.Wire.Trace.Span;

namespace Flows.Tests.Following;

/// <summary>
/// Spans as Aspire's dashboard 13.6 writes them: one per line, every attribute value a text, lists as JSON in a text.
/// <c>{"resourceSpans":[{"scopeSpans":[{"scope":{"name":"EventBus"},"spans":[{"traceId":"5b8e…", …
/// "attributes":[{"key":"n","value":{"stringValue":"5"}}]}]}],"resource":{…}}]}</c>
/// </summary>
internal static class AspireLines
{
    public static List<string> Of(ExportTraceServiceRequest request) =>
    [
        .. from resource in request.ResourceSpans
           from scope in resource.ScopeSpans
           from span in scope.Spans
           select Line("resourceSpans", "scopeSpans", "spans", resource.Resource.Attributes, Of(span)),
    ];

    public static string OfLog(string service, string message, string traceId, int id) => Line(
        "resourceLogs", "scopeLogs", "logRecords", [Pair("service.name", service), Pair("service.instance.id", "1")], new JsonObject
        {
            ["timeUnixNano"] = "1772366400000000000",
            ["severityNumber"] = 9,
            ["severityText"] = "Information",
            ["body"] = new JsonObject { ["stringValue"] = message },
            ["attributes"] = Of([Pair("aspire.log_id", $"{id}")]),
            ["traceId"] = traceId,
            ["spanId"] = "eee19b7ec3c1b174",
        });

    private static string Line(string list, string scopes, string items, IEnumerable<KeyValue> resource, JsonObject item) => new JsonObject
    {
        [list] = new JsonArray(new JsonObject
        {
            [scopes] = new JsonArray(
                new JsonObject { ["scope"] = new JsonObject { ["name"] = "EventBus" }, [items] = new JsonArray(item) }),
            ["resource"] = new JsonObject { ["attributes"] = Of(resource) },
        }),
    }.ToJsonString();

    private static JsonObject Of(WireSpan span) => new()
    {
        ["traceId"] = Hex(span.TraceId),
        ["spanId"] = Hex(span.SpanId),
        ["parentSpanId"] = span.ParentSpanId.IsEmpty ? null : Hex(span.ParentSpanId),
        ["name"] = span.Name,
        ["kind"] = (int)span.Kind,
        ["startTimeUnixNano"] = span.StartTimeUnixNano.ToString(CultureInfo.InvariantCulture),
        ["endTimeUnixNano"] = span.EndTimeUnixNano.ToString(CultureInfo.InvariantCulture),
        ["attributes"] = Of(span.Attributes),
        ["events"] = new JsonArray([.. span.Events.Select(e => new JsonObject
        {
            ["timeUnixNano"] = e.TimeUnixNano.ToString(CultureInfo.InvariantCulture), ["name"] = e.Name, ["attributes"] = Of(e.Attributes),
        })]),
        ["links"] = new JsonArray([.. span.Links.Select(link => new JsonObject
        {
            ["traceId"] = Hex(link.TraceId), ["spanId"] = Hex(link.SpanId), ["traceState"] = "",
        })]),
        ["status"] = span.Status is { } status ? new JsonObject { ["message"] = status.Message, ["code"] = (int)status.Code } : null,
    };

    private static JsonArray Of(IEnumerable<KeyValue> attributes) => new([.. attributes.Select(pair => new JsonObject
    {
        ["key"] = pair.Key, ["value"] = new JsonObject { ["stringValue"] = Text(pair.Value) },
    })]);

    private static string Text(AnyValue value) => value.ValueCase switch
    {
        AnyValue.ValueOneofCase.IntValue => value.IntValue.ToString(CultureInfo.InvariantCulture),
        AnyValue.ValueOneofCase.DoubleValue => value.DoubleValue.ToString(CultureInfo.InvariantCulture),
        AnyValue.ValueOneofCase.BoolValue => value.BoolValue ? "true" : "false",
        AnyValue.ValueOneofCase.ArrayValue => JsonSerializer.Serialize(value.ArrayValue.Values.Select(item => item.StringValue)),
        _ => value.StringValue,
    };

    private static KeyValue Pair(string key, string value) => new() { Key = key, Value = new AnyValue { StringValue = value } };

    private static string Hex(ByteString id) => Convert.ToHexStringLower(id.Span);
}
