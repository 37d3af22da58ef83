using System.Collections.Concurrent;
using System.Diagnostics;

namespace Embedded.Tests.Clients;

/// <summary>Keeps the spans of the sources asked for, as a tracer provider would.</summary>
internal sealed class SpanRecorder : IDisposable
{
    private readonly ActivityListener _listener;
    private readonly ConcurrentQueue<Activity> _spans = [];

    public SpanRecorder(params string[] sources)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => sources.Contains(source.Name),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IEnumerable<Activity> Of(ActivityTraceId trace) => _spans.Where(span => span.TraceId == trace);

    public void Dispose() => _listener.Dispose();
}
