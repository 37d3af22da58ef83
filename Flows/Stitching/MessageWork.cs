using Flows.Traces;

namespace Flows.Stitching;

/// <summary>The spans below the attempts of a message: queries, requests, and what else its handler did.</summary>
public static class MessageWork
{
    /// <summary>In the order of their start, without the messages that the handler published.</summary>
    public static List<Span> Of(FlowView flow, FlowMessage message)
    {
        var attempts = message.Deliveries
            .SelectMany(delivery => delivery.Attempts)
            .Select(attempt => attempt.Span.Ref)
            .ToHashSet();
        var byRef = flow.Spans.ToDictionary(span => span.Ref);
        return [.. flow.Spans.Where(span => !attempts.Contains(span.Ref) && IsBelow(span, attempts, byRef)).OrderBy(span => span.Start)];
    }

    /// <summary>The spans of the message itself, and of the <paramref name="work"/> of its handlers.</summary>
    public static HashSet<SpanRef> OwnSpans(FlowMessage message, IEnumerable<Span> work)
    {
        var own = work.Select(span => span.Ref).ToHashSet();
        own.UnionWith(message.Deliveries.SelectMany(delivery => delivery.Attempts).Select(attempt => attempt.Span.Ref));
        if (message.CreateSpan is { } create)
        {
            own.Add(create.Ref);
        }

        return own;
    }

    /// <summary>The statement of a query, with placeholders for its values; null for any other span.</summary>
    public static string? StatementOf(Span span) => span.Tags.Find("db.query.text") ?? span.Tags.Find("db.statement");

    private static bool IsBelow(Span span, HashSet<SpanRef> attempts, Dictionary<SpanRef, Span> byRef)
    {
        for (var depth = 0; depth < 64; depth++)
        {
            if (span.Kind is SpanKind.Producer or SpanKind.Consumer)
            {
                return false;
            }

            var parent = new SpanRef(span.TraceId, span.ParentId);
            if (attempts.Contains(parent))
            {
                return true;
            }

            if (!byRef.TryGetValue(parent, out span!))
            {
                return false;
            }
        }

        return false;
    }
}
