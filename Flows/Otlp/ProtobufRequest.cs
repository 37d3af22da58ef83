using Flows.Otlp.Wire.Collector.Trace;
using Flows.Otlp.Wire.Resource;
using Flows.Otlp.Wire.Trace;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Flows.Otlp;

/// <summary>
/// Reads the spans of a request in protobuf, one at a time: built as a whole, six megabytes of empty spans would need hundreds of
/// megabytes.
/// </summary>
internal static class ProtobufRequest
{
    private const int MaxDepth = 64;

    // Unknown fields are not kept: they may be as many as the request has bytes.
    private static readonly MessageParser<Span> Spans = Span.Parser.WithDiscardUnknownFields(true);
    private static readonly MessageParser<Resource> Resources = Resource.Parser.WithDiscardUnknownFields(true);

    public static void Read(ReadOnlySpan<byte> body, SpanBatch batch)
    {
        var request = new ProtobufFields(body);
        while (request.Next())
        {
            if (request.Number == ExportTraceServiceRequest.ResourceSpansFieldNumber)
            {
                ReadResource(request.Content, batch);
            }
        }
    }

    private static void ReadResource(ReadOnlySpan<byte> resourceSpans, SpanBatch batch)
    {
        batch.From(FindResource(resourceSpans));
        var fields = new ProtobufFields(resourceSpans);
        while (fields.Next())
        {
            if (fields.Number == ResourceSpans.ScopeSpansFieldNumber)
            {
                ReadScope(fields.Content, batch);
            }
        }
    }

    // Searched first, because fields may be in any order.
    private static Resource? FindResource(ReadOnlySpan<byte> resourceSpans)
    {
        var fields = new ProtobufFields(resourceSpans);
        while (fields.Next())
        {
            if (fields.Number == ResourceSpans.ResourceFieldNumber && !HasTooManyParts(fields.Content, Resource.Descriptor))
            {
                return Resources.ParseFrom(fields.Content);
            }
        }

        return null;
    }

    private static void ReadScope(ReadOnlySpan<byte> scopeSpans, SpanBatch batch)
    {
        var fields = new ProtobufFields(scopeSpans);
        while (fields.Next())
        {
            if (fields.Number != ScopeSpans.SpansFieldNumber)
            {
                continue;
            }

            if (HasTooManyParts(fields.Content, Span.Descriptor))
            {
                batch.RefuseWithTooManyParts();
            }
            else
            {
                batch.Add(Spans.ParseFrom(fields.Content));
            }
        }
    }

    // A part has at least two bytes, so only a long message is worth counting.
    private static bool HasTooManyParts(ReadOnlySpan<byte> message, MessageDescriptor of) =>
        message.Length > 2 * SpanBatch.MaxParts && PartsOf(message, of, depth: 0) > SpanBatch.MaxParts;

    private static int PartsOf(ReadOnlySpan<byte> message, MessageDescriptor of, int depth)
    {
        if (depth > MaxDepth)
        {
            throw OtlpException.NotOtlp($"values are nested deeper than {MaxDepth} levels.");
        }

        var parts = 1;
        var fields = new ProtobufFields(message);
        while (fields.Next())
        {
            if (of.FindFieldByNumber(fields.Number) is { FieldType: FieldType.Message } field)
            {
                parts += PartsOf(fields.Content, field.MessageType, depth + 1);
            }
        }

        return parts;
    }
}
