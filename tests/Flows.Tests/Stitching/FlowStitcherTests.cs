using Flows.Stitching;
using Flows.Otlp;
using Flows.Traces;
using Flows.Tests.Scenarios;
using Microsoft.Extensions.Time.Testing;
using WireKind = Flows.Otlp.Wire.Trace.Span.Types.SpanKind;

namespace Flows.Tests.Stitching;

public sealed class FlowStitcherTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Start.AddMinutes(5));
    private readonly TraceStore _traces = new(new TelemetryLimits());
    private readonly Intake _reader;

    public FlowStitcherTests()
    {
        _reader = Intakes.Of(_traces, clock: _clock);
    }

    [Fact]
    public void Order_AcrossItsTraces_IsOneFlow()
    {
        var order = Guid.CreateVersion7();
        _reader.Read(OrderFlow.Script(order, Start));

        var flow = Stitch(order.ToString());

        Assert.Equal(FlowState.Done, flow.State);
        Assert.Equal("POST /checkout", flow.Root!.Name);
        Assert.Equal(2, flow.Traces.Count);
        Assert.Equal(["webapp", "basket-api", "ordering-api", "catalog-api"], flow.Services);
        Assert.Equal(
            [
                "basket.basket-checked-out", "ordering.order-placed", "catalog.stock-reserved", "ordering.take-payment",
                "ordering.order-paid", "ordering.order-shipped",
            ],
            flow.Messages.Select(message => message.Type));
        var placed = flow.Messages[1];
        Assert.Equal(["catalog-api", "webapp"], placed.Deliveries.Select(delivery => delivery.Service).Order());
        Assert.Equal(flow.Messages[0].Id, placed.CausedBy);
        Assert.Equal("command", flow.Messages[3].Kind);
        Assert.Equal("ordering.take-payment", flow.Messages[3].Deliveries[0].Queue);
    }

    [Fact]
    public void Wait_IsSplitIntoItsParts()
    {
        var order = Guid.CreateVersion7();
        _reader.Read(OrderFlow.Script(order, Start));

        var wait = Stitch(order.ToString()).Messages[0].Deliveries[0].Last.Wait;

        Assert.Equal(TimeSpan.FromMilliseconds(1.1), wait.Outbox);
        Assert.Equal(TimeSpan.FromMilliseconds(1.9), wait.Broker);
        Assert.Equal(TimeSpan.FromMilliseconds(3), wait.Prefetch);
        Assert.Equal(9, wait.Handler.TotalMilliseconds, tolerance: 0.01);
        Assert.Null(wait.RetryDelay);
        Assert.Equal(TimeSpan.Zero, wait.Skew);
    }

    [Fact]
    public void Retry_InATraceOfItsOwn_IsAnotherAttemptOfTheSameMessage()
    {
        var order = Guid.CreateVersion7();
        _reader.Read(OrderFlow.Script(order, Start, isRetried: true, isShipped: false));

        var flow = Stitch(order.ToString());

        var delivery = flow.Messages[1].Deliveries.Single(delivery => delivery.Service == "catalog-api");
        Assert.Equal(["retried", "handled"], delivery.Attempts.Select(attempt => attempt.Outcome));
        Assert.Contains("locked by another reservation", delivery.Attempts[0].Error, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(5), delivery.Attempts[1].Wait.RetryDelay);
        Assert.True(delivery.Attempts[1].Wait.Broker < TimeSpan.FromSeconds(1));
        Assert.Equal(FlowState.Done, flow.State);
    }

    [Theory]
    [InlineData("dead-lettered", FlowState.DeadLettered)]
    [InlineData("retried", FlowState.Retrying)]
    [InlineData("handled", FlowState.Done)]
    [InlineData("duplicate", FlowState.Done)]
    public void State_FollowsTheLastOutcome(string outcome, FlowState expected)
    {
        var script = new SpanScript(Start);
        var message = new Message("ordering.order-paid", "event", "m1", "order-1", "order-1");
        var created = script.Create("ordering-api", message, 5, script.Server("ordering-api", "POST", 0, 10));
        script.Process("catalog-api", message, new Handling("catalog-api", 5, 6, 7, 8, 9, outcome), created);
        _reader.Read(script.Build());

        Assert.Equal(expected, Stitch("order-1").State);
    }

    [Fact]
    public void DelayedMessage_IsScheduled_AndTheFlowDone_UntilItIsDue()
    {
        var script = new SpanScript(_clock.GetUtcNow());
        var message = new Message("ordering.expire-order", "command", "m1", "order-1", "order-1");
        script.Create("ordering-api", message, 5, script.Server("ordering-api", "POST", 0, 10), dueAt: 60_000);
        _reader.Read(script.Build());

        var before = Stitch("order-1");
        _clock.Advance(TimeSpan.FromSeconds(61));
        var after = Stitch("order-1");

        Assert.Equal((FlowState.Scheduled, FlowState.Done), (before.Messages[0].State, before.State));
        Assert.Equal(_clock.GetUtcNow() - TimeSpan.FromSeconds(1), before.Messages[0].DueAt);
        Assert.Equal((FlowState.InFlight, FlowState.InFlight), (after.Messages[0].State, after.State));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Message_WithoutAReceipt_IsInFlightForAWhile(bool isSentInItsOwnTrace)
    {
        var script = new SpanScript(_clock.GetUtcNow());
        var message = new Message("ordering.order-paid", "event", "m1", "order-1", "order-1");
        var created = script.Create("ordering-api", message, 5, script.Server("ordering-api", "POST", 0, 10));
        if (isSentInItsOwnTrace)
        {
            script.Send("ordering-api", message, 7, 8, created);
        }
        else
        {
            script.Publish("ordering-api", "events", 7, 8, created);
        }

        _reader.Read(script.Build());

        var before = Stitch("order-1");
        _clock.Advance(MessageStitcher.Patience + TimeSpan.FromSeconds(1));
        var after = Stitch("order-1");

        Assert.Equal(FlowState.InFlight, before.State);
        Assert.Equal(2, (before.Messages[0].PublishedAt - before.Messages[0].CreatedAt)!.Value.TotalMilliseconds);
        Assert.Equal(FlowState.Done, after.State);
    }

    [Fact]
    public void Message_RejectedByTheBrokerAtFirst_IsPublishedWhenItWasAccepted()
    {
        var script = new SpanScript(Start);
        var message = new Message("ordering.order-paid", "event", "m1", "order-1", "order-1");
        var created = script.Create("ordering-api", message, 5, script.Server("ordering-api", "POST", 0, 10));
        script.Fail(script.Send("ordering-api", message, 7, 8, created), "No queue takes it.", 8);
        script.Send("ordering-api", message, 1005, 1006, created);
        _reader.Read(script.Build());

        var sent = Assert.Single(Stitch("order-1").Messages);

        Assert.Equal(1000, (sent.PublishedAt - sent.CreatedAt)!.Value.TotalMilliseconds);
    }

    [Fact]
    public void RequiredQueue_WithoutAReceipt_KeepsMessageAndFlowInFlight_DespiteOtherReceipts()
    {
        var script = new SpanScript(Start);
        var message = new Message("ordering.order-placed", "event", "m1", "order-1", "order-1", RequiredBy: ["catalog-api"]);
        var created = script.Create("ordering-api", message, 5, script.Server("ordering-api", "POST", 0, 10));
        script.Process("webapp", message, new Handling("webapp", 5, 6, 7, 8, 9), created);
        _reader.Read(script.Build());

        var stuck = Stitch("order-1");
        script.Process("catalog-api", message, new Handling("catalog-api", 5, 6, 7000, 7001, 7009), created);
        _reader.Read(script.Build());
        var received = Stitch("order-1");

        Assert.Equal((FlowState.InFlight, FlowState.InFlight), (stuck.Messages[0].State, stuck.State));
        Assert.Equal(["catalog-api"], stuck.Messages[0].WaitsIn);
        Assert.Equal("ordering.order-placed", stuck.Current!.Type);
        Assert.Contains(new FlowLanes(stuck).Lanes, lane => lane is { Name: "catalog-api", IsQueue: true });
        Assert.Equal(FlowState.Done, received.State);
        Assert.Empty(received.Messages[0].WaitsIn);
    }

    [Fact]
    public void RequiredQueue_OfAForeignReceiver_IsFoundByTheDestination()
    {
        var script = new SpanScript(Start);
        var message = new Message("ordering.order-placed", "event", "m1", "order-1", "order-1", RequiredBy: ["billing"]);
        var created = script.Create("ordering-api", message, 5, script.Server("ordering-api", "POST", 0, 10));
        script.Add("billing", "process", WireKind.Consumer, 20, 25, created, tags: [(
            "messaging.destination.name", "events:ordering.order-placed:billing")]);
        _reader.Read(script.Build());

        Assert.Equal(FlowState.Done, Stitch("order-1").State);
    }

    [Fact]
    public void Command_WithoutAReceipt_IsNeverDone()
    {
        var script = new SpanScript(Start);
        var message = new Message("ordering.take-payment", "command", "m1", "order-1", "order-1");
        script.Create("ordering-api", message, 5, script.Server("ordering-api", "POST", 0, 10));
        _reader.Read(script.Build());

        Assert.Equal(FlowState.InFlight, Stitch("order-1").State);
    }

    [Fact]
    public void OtherLibrary_ConsumerThatFailed_IsNotDone()
    {
        var script = new SpanScript(Start);
        var send = script.Add("shop", "orders send", WireKind.Producer, 5, 8, script.Server("shop", "POST /orders", 0, 30));
        script.Fail(script.Add("billing", "orders process", WireKind.Consumer, 20, 25, send), "no such account", 24);
        _reader.Read(script.Build());

        Assert.Equal(FlowState.Failed, Stitch(TraceId.From(send.TraceId.Span).ToString()).State);
    }

    [Fact]
    public void ClockSkew_IsShownAndNotHidden()
    {
        var script = new SpanScript(Start);
        var message = new Message("a.b", "event", "m1", "order-1", "1");
        var created = script.Create("sender", message, 100, script.Server("sender", "POST", 90, 110));
        script.Process("receiver", message, new Handling("q", 100, 101, 81, 82, 83), created);
        _reader.Read(script.Build());

        var wait = Stitch("order-1").Messages[0].Deliveries[0].Last.Wait;

        Assert.Equal(TimeSpan.Zero, wait.Broker);
        Assert.Equal(TimeSpan.FromMilliseconds(20), wait.Skew);
    }

    [Fact]
    public void OtherLibrary_ConsumerAsChild_IsStitchedByParent()
    {
        var script = new SpanScript(Start);
        var root = script.Server("shop", "POST /orders", 0, 30);
        var send = script.Add("shop", "orders send", WireKind.Producer, 5, 8, root, tags: [("messaging.system", "kafka"), (
            "messaging.destination.name", "orders")]);
        script.Add("billing", "orders process", WireKind.Consumer, 20, 25, send, tags: [("messaging.system", "kafka"), (
            "messaging.destination.name", "orders")]);
        _reader.Read(script.Build());

        var flow = Stitch(TraceId.From(root.TraceId.Span).ToString());

        var message = Assert.Single(flow.Messages);
        Assert.Equal(("orders", "shop", "billing"), (message.Type, message.From, message.Deliveries[0].Service));
        Assert.Equal(12, message.Deliveries[0].Last.Wait.Broker!.Value.TotalMilliseconds);
    }

    [Fact]
    public void OtherLibrary_ConsumerInANewTrace_IsStitchedByLink()
    {
        var script = new SpanScript(Start);
        var root = script.Server("shop", "POST /orders", 0, 30);
        var send = script.Add("shop", "orders publish", WireKind.Producer, 5, 8, root, tags: [("messaging.operation", "publish")]);
        var process = script.Add("billing", "orders process", WireKind.Consumer, 2000, 2100);
        process.Links.Add(SpanScript.LinkTo(send));
        var reply = script.Add(
            "billing", "paid publish", WireKind.Producer, 2050, 2051, process, tags: [("messaging.destination.name", "paid")]);
        var end = script.Add("shop", "paid process", WireKind.Consumer, 2100, 2110);
        end.Links.Add(SpanScript.LinkTo(reply));
        _reader.Read(script.Build());

        var flow = Stitch(TraceId.From(root.TraceId.Span).ToString());

        Assert.Equal(3, flow.Traces.Count);
        Assert.Equal(2, flow.Messages.Count);
        Assert.Equal("shop", flow.Messages[1].Deliveries[0].Service);
        Assert.Equal(flow.Messages[0].Id, flow.Messages[1].CausedBy);
    }

    [Fact]
    public void Trace_OfSeveralActions_IsSplit()
    {
        var script = new SpanScript(Start);
        var root = script.Server("admin", "POST /bulk", 0, 30);
        foreach (var order in new[] { "order-1", "order-2" })
        {
            var message = new Message("ordering.order-shipped", "event", $"m-{order}", order, order);
            var created = script.Create("admin", message, 5, root);
            script.Process("webapp", message, new Handling("webapp", 5, 6, 7, 8, 9), created);
        }

        _reader.Read(script.Build());

        Assert.Equal("m-order-1", Assert.Single(Stitch("order-1").Messages).Id);
        Assert.Equal("m-order-2", Assert.Single(Stitch("order-2").Messages).Id);
    }

    private FlowView Stitch(string key) => new FlowStitcher(_traces, _clock).Stitch(key)!;
}
