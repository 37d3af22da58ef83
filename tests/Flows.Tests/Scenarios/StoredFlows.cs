using Flows.Otlp;
using Flows.Otlp.Wire.Collector.Trace;
using Flows.Stitching;
using Flows.Traces;
using Microsoft.Extensions.Time.Testing;

namespace Flows.Tests.Scenarios;

/// <summary>The stores and catalogs without the application; the clock stands five minutes after <see cref="Start"/>.</summary>
public sealed class StoredFlows
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Intake _reader;

    public StoredFlows()
    {
        _reader = Intakes.Of(Traces, clock: Clock);
        Flows = new FlowCatalog(Traces, new FlowStitcher(Traces, Clock), Clock);
        Messages = new MessageCatalog(Traces, Flows, Clock);
    }

    public FakeTimeProvider Clock { get; } = new(Start.AddMinutes(5));
    public TraceStore Traces { get; } = new(new TelemetryLimits());
    public FlowCatalog Flows { get; }
    public MessageCatalog Messages { get; }

    public void Add(ExportTraceServiceRequest request) => _reader.Read(request);

    /// <summary>One message of <c>ordering-api</c> that must be received from <c>catalog-api</c>.</summary>
    /// <param name="flow">The flow's key; the message's id is <c>m-</c> and this key.</param>
    /// <param name="at">When it is created, in milliseconds after the start.</param>
    /// <param name="attempts">The attempts of <c>catalog-api</c>.</param>
    public void AddMessage(string flow, double at, params Handling[] attempts) => AddMessage(flow, at, ["catalog-api"], attempts);

    /// <summary>The same, with other queues that must receive the message.</summary>
    public void AddMessage(string flow, double at, string[] requiredBy, params Handling[] attempts)
    {
        var script = new SpanScript(Start);
        var message = new Message("ordering.order-paid", "event", $"m-{flow}", flow, flow, RequiredBy: requiredBy);
        var created = script.Create("ordering-api", message, at, script.Server("ordering-api", "POST", at, at + 1));
        foreach (var attempt in attempts)
        {
            script.Process("catalog-api", message, attempt, created);
        }

        Add(script.Build());
    }
}
