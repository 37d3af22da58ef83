using System.Globalization;
using System.Text.Json;
using Flows.Stitching;
using Flows.Traces;

namespace Flows.Api;

/// <summary>A flow's spans as OTLP/JSON, to keep or to send to another tool: <c>{"resourceSpans":[…]}</c>. Every value is a text.</summary>
public static class OtlpFile
{
    public static byte[] Of(FlowView flow)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("resourceSpans");
            foreach (var source in flow.Spans.GroupBy(span => span.Source))
            {
                Write(json, source.Key, source);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void Write(Utf8JsonWriter json, TelemetrySource source, IEnumerable<Span> spans)
    {
        json.WriteStartObject();
        json.WriteStartObject("resource");
        Write(json, [new Tag("service.name", source.Service), new Tag("service.instance.id", source.Instance)]);
        json.WriteEndObject();
        json.WriteStartArray("scopeSpans");
        json.WriteStartObject();
        json.WriteStartArray("spans");
        foreach (var span in spans)
        {
            Write(json, span);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Span span)
    {
        json.WriteStartObject();
        json.WriteString("traceId", span.TraceId.ToString());
        json.WriteString("spanId", span.Id.ToString());
        if (!span.ParentId.IsEmpty)
        {
            json.WriteString("parentSpanId", span.ParentId.ToString());
        }

        json.WriteString("name", span.Name);
        json.WriteNumber("kind", (int)span.Kind);
        json.WriteString("startTimeUnixNano", Text(span.Start));
        json.WriteString("endTimeUnixNano", Text(span.End));
        json.WriteStartObject("status");
        json.WriteNumber("code", (int)span.Status);
        json.WriteString("message", span.StatusMessage);
        json.WriteEndObject();
        Write(json, span.Tags);
        json.WriteStartArray("events");
        foreach (var occurred in span.Events)
        {
            json.WriteStartObject();
            json.WriteString("name", occurred.Name);
            json.WriteString("timeUnixNano", Text((occurred.Time - DateTimeOffset.UnixEpoch).Ticks * 100));
            Write(json, occurred.Tags);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("links");
        foreach (var link in span.Links)
        {
            json.WriteStartObject();
            json.WriteString("traceId", link.Target.TraceId.ToString());
            json.WriteString("spanId", link.Target.SpanId.ToString());
            Write(json, link.Tags);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, IEnumerable<Tag> tags)
    {
        json.WriteStartArray("attributes");
        foreach (var tag in tags)
        {
            json.WriteStartObject();
            json.WriteString("key", tag.Key);
            json.WriteStartObject("value");
            json.WriteString("stringValue", tag.Value);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
