using Flows.Traces;

namespace Flows.Stitching;

/// <summary>Builds the view of a flow when it is requested, from the spans known at that moment.</summary>
public sealed class FlowStitcher(TraceStore traces, TimeProvider clock)
{
    private readonly DividedTraces _divided = new(traces);

    public FlowView? Stitch(string key)
    {
        var from = traces.Flows.Find(key)?.Traces
            ?? (TraceId.TryParse(key, out var id) && traces.Find(id) is { } trace ? [trace] : []);
        var scope = new FlowScope(traces, _divided, key);
        scope.Gather(from);
        if (scope.Spans.Count == 0)
        {
            return null;
        }

        var spans = scope.Spans.DistinctBy(span => span.Ref).OrderBy(span => span.Start).ToList();
        var messages = new MessageStitcher(spans, scope.Publications, clock.GetUtcNow()).Stitch();
        return new FlowView(
            key,
            StateOf(messages),
            spans.FirstOrDefault(span => span.ParentId.IsEmpty && span.Kind != SpanKind.Consumer) ?? spans[0],
            spans[0].StartTime,
            UnixNanos.ToTime(spans.Max(span => span.End)),
            messages,
            [.. spans.Where(span => span.Kind == SpanKind.Server)],
            spans,
            [.. spans.Select(span => span.Service).Distinct()],
            [.. spans.Select(span => span.TraceId).Distinct()],
            [.. from.SelectMany(trace => trace.Keys.ToSegment()).Distinct()]);
    }

    // The states are declared in order of severity; the worst message determines the state of the flow.
    private static FlowState StateOf(List<FlowMessage> messages) =>
        messages.Where(message => message.State != FlowState.Scheduled)
            .Select(message => message.State)
            .DefaultIfEmpty(FlowState.Done)
            .Max();
}
