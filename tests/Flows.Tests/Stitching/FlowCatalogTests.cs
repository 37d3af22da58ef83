using Flows.Stitching;
using Flows.Otlp;
using Flows.Traces;
using Flows.Tests.Scenarios;
using Microsoft.Extensions.Time.Testing;

namespace Flows.Tests.Stitching;

public sealed class FlowCatalogTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Start.AddMinutes(5));
    private readonly TraceStore _traces = new(new TelemetryLimits());
    private readonly Intake _reader;

    public FlowCatalogTests()
    {
        _reader = Intakes.Of(_traces, clock: _clock);
    }

    [Fact]
    public void List_FindsAFlowByItsBusinessKeys()
    {
        var order = Guid.CreateVersion7();
        _reader.Read(OrderFlow.Script(order, Start));
        _reader.Read(OrderFlow.Script(Guid.CreateVersion7(), Start));
        var catalog = new FlowCatalog(_traces, new FlowStitcher(_traces, _clock), _clock);

        Assert.Equal(2, catalog.List(new FlowFilter(), max: 10).Count);
        Assert.Equal(order.ToString(), Assert.Single(catalog.List(new FlowFilter(order.ToString()[..30]), max: 10)).Key);
        Assert.Equal(2, catalog.List(new FlowFilter("take-payment"), max: 10).Count);
        Assert.Empty(catalog.List(new FlowFilter("nothing like it"), max: 10));
    }

    [Theory]
    [InlineData("3", true)]
    [InlineData("3xyz", true)]
    [InlineData("3x", false)]
    [InlineData("xyz", false)]
    [InlineData("xyzw", false)]
    public void List_FindsAKeyWhole_OrByItsBeginning(string text, bool isFound)
    {
        var script = new SpanScript(Start);
        foreach (var product in new[] { "3", "3xyzw" })
        {
            script.Create(
                "catalog-api", new Message("catalog.price-changed", "event", $"m-{product}", "flow-1", product), 5,
                script.Server("catalog-api", "PUT", 0, 10));
        }

        _reader.Read(script.Build());
        var catalog = new FlowCatalog(_traces, new FlowStitcher(_traces, _clock), _clock);

        Assert.Equal(isFound, catalog.List(new FlowFilter(text), max: 10).Count == 1);
        Assert.Equal(isFound, new MessageCatalog(_traces, catalog, _clock).List(new MessageFilter(text), max: 10).Count == 1);
    }

    [Fact]
    public void View_OfAScheduledMessage_IsRenewedWhenTheMessageIsDue()
    {
        var script = new SpanScript(_clock.GetUtcNow());
        var expire = new Message("ordering.expire-order", "command", "m1", "order-1", "order-1");
        script.Create("ordering-api", expire, 5, script.Server("ordering-api", "POST", 0, 10), dueAt: 900_000);
        _reader.Read(script.Build());
        var catalog = new FlowCatalog(_traces, new FlowStitcher(_traces, _clock), _clock);
        _clock.Advance(TimeSpan.FromMinutes(10));

        var before = catalog.Find("order-1")!;
        _clock.Advance(TimeSpan.FromMinutes(4));
        var later = catalog.Find("order-1");
        _clock.Advance(TimeSpan.FromSeconds(61));
        var after = catalog.Find("order-1")!;

        Assert.Equal((FlowState.Done, FlowState.Scheduled), (before.State, before.Messages[0].State));
        Assert.Same(before, later);
        Assert.Equal((FlowState.InFlight, FlowState.InFlight), (after.State, after.Messages[0].State));
    }

    [Fact]
    public void List_FiltersByState_AmongAllFlows_NotOnlyTheNewest()
    {
        var script = new SpanScript(Start);
        var lost = new Message("ordering.order-paid", "event", "m1", "lost", "lost");
        var created = script.Create("ordering-api", lost, 5, script.Server("ordering-api", "POST", 0, 10));
        script.Process("catalog-api", lost, new Handling("catalog-api", 5, 6, 7, 8, 9, "dead-lettered"), created);
        _reader.Read(script.Build());
        for (var i = 0; i < 20; i++)
        {
            _reader.Read(OrderFlow.Script(Guid.CreateVersion7(), Start));
        }

        var catalog = new FlowCatalog(_traces, new FlowStitcher(_traces, _clock), _clock);

        Assert.Equal("lost", Assert.Single(catalog.List(new FlowFilter(State: FlowState.DeadLettered), max: 10)).Key);
        Assert.Equal(10, catalog.List(new FlowFilter(State: FlowState.Done), max: 10).Count);
    }
}
