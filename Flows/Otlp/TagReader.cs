using System.Globalization;
using System.Text;
using Flows.Otlp.Wire.Common;
using Flows.Stitching;
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
        var next = 0;
        foreach (var attribute in Kept(attributes))
        {
            tags[next++] = new Tag(_pool.Intern(Cut(attribute.Key)), _pool.Intern(Text(attribute.Value)));
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

    public string Cut(string text) => Cut(text, limits.ValueLength);

    public static string Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        // Not between the halves of a surrogate pair: the text would be invalid.
        var length = char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
        return string.Concat(text.AsSpan(0, length), "…");
    }

    // The limit cuts attributes that are only shown, before those that flows are made of.
    private IEnumerable<KeyValue> Kept(RepeatedField<KeyValue> attributes) => attributes.Count <= limits.Attributes
        ? attributes
        : attributes.OrderByDescending(attribute => IsRead(attribute.Key)).Take(limits.Attributes);

    private static bool IsRead(string key) => key is "service.name" or "service.instance.id" or MessagingTags.ErrorType
        || key.StartsWith("messaging.", StringComparison.Ordinal)
        || key.StartsWith("eventbus.", StringComparison.Ordinal);

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
