using System.Globalization;
using System.Text;
using Flows.Otlp.Wire.Common;
using Flows.Traces;
using Google.Protobuf.Collections;

namespace Flows.Otlp;

/// <summary>Turns attributes of the wire into tags: values as text, cut to the limits, repeated texts kept once.</summary>
public sealed class TagReader(TelemetryLimits limits)
{
    private const int MaxDepth = 8;
    private readonly StringPool _pool = new();

    public string Intern(string text) => _pool.Intern(text);

    public Tag[] Read(RepeatedField<KeyValue> attributes)
    {
        if (attributes.Count == 0)
        {
            return [];
        }

        var tags = new Tag[Math.Min(attributes.Count, limits.Attributes)];
        for (var i = 0; i < tags.Length; i++)
        {
            tags[i] = new Tag(_pool.Intern(Cut(attributes[i].Key)), _pool.Intern(Text(attributes[i].Value)));
        }

        return tags;
    }

    public string Text(AnyValue? value) => value?.ValueCase switch
    {
        null or AnyValue.ValueOneofCase.None => "",
        AnyValue.ValueOneofCase.StringValue => Cut(value.StringValue),
        AnyValue.ValueOneofCase.BoolValue => value.BoolValue ? "true" : "false",
        AnyValue.ValueOneofCase.IntValue => value.IntValue.ToString(CultureInfo.InvariantCulture),
        AnyValue.ValueOneofCase.DoubleValue => value.DoubleValue.ToString(CultureInfo.InvariantCulture),
        AnyValue.ValueOneofCase.BytesValue => Cut(value.BytesValue.ToBase64()),
        _ => Nested(value),
    };

    public static int BytesOf(string text) => 22 + (text.Length * 2);

    public static int BytesOf(Tag[] tags)
    {
        var bytes = 24;
        foreach (var tag in tags)
        {
            bytes += 16 + BytesOf(tag.Value) + (StringPool.IsShared(tag.Key) ? 0 : BytesOf(tag.Key));
        }

        return bytes;
    }

    public string Cut(string text) => text.Length <= limits.ValueLength ? text : string.Concat(text.AsSpan(0, limits.ValueLength), "…");

    private string Nested(AnyValue value)
    {
        var text = new StringBuilder();
        Append(text, value, depth: 0);
        return Cut(text.ToString());
    }

    private void Append(StringBuilder text, AnyValue value, int depth)
    {
        if (depth > MaxDepth || text.Length > limits.ValueLength)
        {
            text.Append('…');
        }
        else if (value.ValueCase == AnyValue.ValueOneofCase.ArrayValue)
        {
            text.Append('[');
            foreach (var item in value.ArrayValue.Values)
            {
                text.Append(text[^1] == '[' ? "" : ", ");
                Append(text, item, depth + 1);
            }

            text.Append(']');
        }
        else if (value.ValueCase == AnyValue.ValueOneofCase.KvlistValue)
        {
            text.Append('{');
            foreach (var pair in value.KvlistValue.Values)
            {
                text.Append(text[^1] == '{' ? "" : ", ").Append(pair.Key).Append(": ");
                Append(text, pair.Value ?? new AnyValue(), depth + 1);
            }

            text.Append('}');
        }
        else
        {
            text.Append(Text(value));
        }
    }
}
