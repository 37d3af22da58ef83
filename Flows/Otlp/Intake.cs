using System.Threading.Channels;
using Flows.Otlp.Wire.Collector.Logs;
using Flows.Otlp.Wire.Collector.Trace;
using Flows.Traces;
using Google.Protobuf;

namespace Flows.Otlp;

/// <summary>
/// The single entry for telemetry of all protocols. It never waits: a request that does not fit into the queue is rejected at once and
/// counted, so senders are never slowed down.
/// </summary>
public sealed class Intake(TraceStore traces, LogStore logs, TelemetryLimits limits)
{
    public const string FullMessage = "Flows takes in less than it is sent; these were refused.";

    private readonly Channel<(IMessage Request, int Bytes)> _waiting =
        Channel.CreateUnbounded<(IMessage, int)>(new UnboundedChannelOptions { SingleReader = true });
    private long _waitingBytes;

    public ChannelReader<(IMessage Request, int Bytes)> Waiting => _waiting.Reader;

    /// <summary>Returns the number of rejected items of the request: none or all.</summary>
    public int Offer(ExportTraceServiceRequest request) =>
        TryQueue(request) ? 0 : Refuse(traces.Tally, request.ResourceSpans.Sum(r => r.ScopeSpans.Sum(s => s.Spans.Count)));

    public int Offer(ExportLogsServiceRequest request) =>
        TryQueue(request) ? 0 : Refuse(logs.Tally, request.ResourceLogs.Sum(r => r.ScopeLogs.Sum(s => s.LogRecords.Count)));

    public void Taken(int bytes) => Interlocked.Add(ref _waitingBytes, -bytes);

    private bool TryQueue(IMessage request)
    {
        var bytes = request.CalculateSize();
        if (Interlocked.Add(ref _waitingBytes, bytes) > limits.WaitingBytes)
        {
            Interlocked.Add(ref _waitingBytes, -bytes);
            return false;
        }

        return _waiting.Writer.TryWrite((request, bytes));
    }

    private static int Refuse(Tally tally, int items)
    {
        tally.Reject(items);
        return items;
    }
}
