using System.Runtime.CompilerServices;
using Flows.Traces;

namespace Flows.Stitching;

/// <summary>
/// The parts of each trace. A divided trace may have thousands of flows, and each of them needs its parts: they are kept, weakly, until the
/// trace gets a new span.
/// </summary>
public sealed class DividedTraces(TraceStore traces)
{
    private readonly ConditionalWeakTable<Trace, TraceParts> _kept = [];

    public TraceParts PartsOf(Trace trace)
    {
        if (_kept.TryGetValue(trace, out var parts) && parts.Count == trace.Spans.Count)
        {
            return parts;
        }

        parts = new TraceParts(traces, trace);
        if (parts.IsDivided)
        {
            _kept.AddOrUpdate(trace, parts);
        }

        return parts;
    }
}
