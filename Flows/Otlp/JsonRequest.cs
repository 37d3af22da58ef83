using System.Text.Json;
using Flows.Otlp.Wire.Resource;
using Google.Protobuf;
using WireSpan = Flows.Otlp.Wire.Trace.Span;

namespace Flows.Otlp;

/// <summary>Reads the spans of a request in OTLP's JSON, one at a time, as <see cref="ProtobufRequest"/> does.</summary>
internal static class JsonRequest
{
    private delegate void ReadItem(ref Utf8JsonReader json, SpanBatch batch);

    public static void Read(ReadOnlySpan<byte> utf8, SpanBatch batch)
    {
        var json = new Utf8JsonReader(utf8);
        json.Read();
        ReadList(ref json, "resourceSpans"u8, ReadResource, batch);
        json.Read();
    }

    /// <summary>Reads one message with few parts, such as a line of the dashboard's streams.</summary>
    public static T Read<T>(ReadOnlySpan<byte> utf8) where T : IMessage<T>, new()
    {
        var json = new Utf8JsonReader(utf8);
        json.Read();
        if (HasTooManyParts(json))
        {
            throw OtlpException.TooLarge($"It has more than {SpanBatch.MaxParts} parts.");
        }

        var message = JsonMessage.Read<T>(ref json);
        json.Read();
        return message;
    }

    private static void ReadResource(ref Utf8JsonReader json, SpanBatch batch)
    {
        batch.From(FindResource(json));
        ReadList(ref json, "scopeSpans"u8, ReadScope, batch);
    }

    private static void ReadScope(ref Utf8JsonReader json, SpanBatch batch) => ReadList(ref json, "spans"u8, ReadSpan, batch);

    private static void ReadSpan(ref Utf8JsonReader json, SpanBatch batch)
    {
        if (HasTooManyParts(json))
        {
            json.Skip();
            batch.RefuseWithTooManyParts();
        }
        else
        {
            batch.Add(JsonMessage.Read<WireSpan>(ref json));
        }
    }

    // Searched first, on a copy of the reader: members may be in any order, and Aspire's dashboard writes the resource last.
    private static Resource? FindResource(Utf8JsonReader json)
    {
        Resource? found = null;
        json.Expect(JsonTokenType.StartObject);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (!json.NameIs("resource"u8))
            {
                json.Skip();
                continue;
            }

            json.Read();
            if (found is not null)
            {
                throw new JsonException("'resource' is there twice.");
            }

            if (json.TokenType == JsonTokenType.Null || HasTooManyParts(json))
            {
                json.Skip();
            }
            else
            {
                found = JsonMessage.Read<Resource>(ref json);
            }
        }

        return found;
    }

    /// <summary>Reads each item of an object's list and skips the object's other members.</summary>
    private static void ReadList(ref Utf8JsonReader json, ReadOnlySpan<byte> name, ReadItem read, SpanBatch batch)
    {
        var wasRead = false;
        json.Expect(JsonTokenType.StartObject);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (!json.NameIs(name))
            {
                json.Skip();
                continue;
            }

            if (wasRead)
            {
                throw new JsonException($"'{JsonText.Of(ref json)}' is there twice.");
            }

            wasRead = true;
            json.Read();
            if (json.TokenType == JsonTokenType.Null)
            {
                continue;
            }

            json.Expect(JsonTokenType.StartArray);
            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            {
                read(ref json, batch);
            }
        }
    }

    // Counts on a copy of the reader.
    private static bool HasTooManyParts(Utf8JsonReader json)
    {
        json.Expect(JsonTokenType.StartObject);
        var depth = json.CurrentDepth;
        var parts = 1;
        while (parts <= SpanBatch.MaxParts && json.Read() && json.CurrentDepth > depth)
        {
            parts += json.TokenType == JsonTokenType.StartObject ? 1 : 0;
        }

        return parts > SpanBatch.MaxParts;
    }
}
