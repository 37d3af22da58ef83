using Flows.DeadLetters;
using Flows.Tests.Scenarios;
using Flows.Topology;
using Flows.Traces;

namespace Flows.Tests.Topology;

public sealed class TopologyReaderTests
{
    private readonly StoredFlows _stored = new();

    [Fact]
    public void Order_IsDrawnThroughItsQueues()
    {
        _stored.Add(OrderFlow.Script(Guid.CreateVersion7(), StoredFlows.Start));

        var view = TopologyReader.Read(_stored.Messages.Current(), window: null);

        Assert.Equal(["basket-api", "catalog-api", "ordering-api"], view.Publishers);
        Assert.Equal(["catalog-api", "ordering-api", "ordering.take-payment", "webapp"], view.Queues.Select(queue => queue.Name));
        Assert.Equal(["catalog-api", "ordering-api", "webapp"], view.Receivers);
        Assert.Equal(
            [("ordering-api", "catalog-api"), ("ordering-api", "webapp")],
            view.Edges.Where(edge => edge.Type == "ordering.order-placed").Select(edge => (edge.From, edge.Service)));
        Assert.Empty(view.Findings);
    }

    [Fact]
    public void Edge_CountsAttemptsAndErrors_AndSplitsTheWait()
    {
        _stored.AddMessage("one", 0, Attempt(0, handler: 10));
        _stored.AddMessage("two", 100, Attempt(100, handler: 20));
        _stored.AddMessage("three", 200, new Handling("catalog-api", 200, 201, 203, 204, 205, "dead-lettered", Error: "Locked."));

        var edge = Assert.Single(TopologyReader.Read(_stored.Messages.Current(), window: null).Edges);

        Assert.Equal((3, 1, 1, 0), (edge.Messages, edge.Failures, edge.DeadLettered, edge.Waiting));
        Assert.Equal(TimeSpan.FromMilliseconds(10), edge.Times!.Handler.P50);
        Assert.Equal(TimeSpan.FromMilliseconds(20), edge.Times.Handler.Max);
        Assert.Equal(TimeSpan.FromMilliseconds(1), edge.Times.Outbox!.P95);
        Assert.Equal(TimeSpan.FromMilliseconds(2), edge.Times.Broker!.P50);
        Assert.Null(edge.Times.RetryDelay);
        Assert.Equal("two", edge.Worst.Flow.Key);
    }

    [Fact]
    public void Queue_ShowsTheDeadLettersThatAreInItNow_NotThoseThatWere()
    {
        _stored.AddMessage("one", 0, new Handling("catalog-api", 0, 1, 2, 3, 4, "dead-lettered", Error: "Locked."));
        _stored.AddMessage("two", 0, new Handling("catalog-api", 0, 1, 2, 3, 4, "dead-lettered", Error: "Locked."));
        var left = new DeadLetter { Id = "d1", Group = "g1", Queue = "catalog-api", Reason = "handler-failed" };

        Assert.Equal(2, DeadIn(letters: null));
        Assert.Equal(1, DeadIn(new DeadLetterSummary([SourceWith(left)])));
        Assert.Equal(0, DeadIn(new DeadLetterSummary([SourceWith()])));

        int DeadIn(DeadLetterSummary? letters) =>
            Assert.Single(TopologyReader.Read(_stored.Messages.Current(), window: null, letters).Queues).DeadLettered;

        SourceState SourceWith(params DeadLetter[] letters) =>
            new("catalog-api", letters.Length, letters, _stored.Clock.GetUtcNow(), UnreachableSince: null, Fault: null);
    }

    [Fact]
    public void WaitingMessage_BelongsToTheEdgeOfItsType_AndIsAFindingAfterHalfAMinute()
    {
        _stored.AddMessage("handled", 0, Attempt(0, handler: 5));
        _stored.AddMessage("waiting", 1_000);

        var view = TopologyReader.Read(_stored.Messages.Current(), window: null);

        var edge = Assert.Single(view.Edges);
        Assert.Equal((2, 1, "catalog-api"), (edge.Messages, edge.Waiting, edge.Service));
        Assert.Equal(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1), edge.OldestAge);
        var finding = Assert.Single(view.Findings);
        Assert.Contains("1 message waits, and catalog-api takes none", finding.Text, StringComparison.Ordinal);
        Assert.Equal("/messages?queue=catalog-api&state=InFlight", finding.Href);
    }

    [Fact]
    public void EventWithoutReceiver_IsAFinding()
    {
        var script = new SpanScript(StoredFlows.Start);
        script.Create(
            "ordering-api", new Message("ordering.order-counted", "event", "m1", "f1", "k1"), 5,
            script.Server("ordering-api", "POST", 0, 10));
        _stored.Add(script.Build());

        var view = TopologyReader.Read(_stored.Messages.Current(), window: null);

        Assert.Null(Assert.Single(view.Edges).Queue);
        Assert.Empty(view.Queues);
        Assert.Contains("no receiver has reported it", Assert.Single(view.Findings).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void BoundType_IsUnused_UntilAMessageOfItReachesTheQueue()
    {
        var script = new SpanScript(StoredFlows.Start);
        script.Subscribe("catalog-api", "catalog-api", 0, "ordering.order-paid", "ordering.order-cancelled");
        script.Subscribe("webapp", "webapp", 0, "ordering.order-paid");
        _stored.Add(script.Build());
        _stored.AddMessage("handled", 100, Attempt(100, handler: 5));
        _stored.AddMessage("waiting", 200, ["webapp"]);

        var unused = Assert.Single(UnusedNow());
        Assert.Equal(("catalog-api", "catalog-api"), (unused.Queue, unused.Service));
        Assert.Equal("ordering.order-cancelled", Assert.Single(unused.Types));
    }

    [Fact]
    public void Bindings_AreThoseOfTheNewestSubscription_AlsoIfOlderSpansComeAgain()
    {
        var script = new SpanScript(StoredFlows.Start);
        script.Subscribe("webapp", "webapp", 1000, "catalog.price-changed");
        script.Subscribe("webapp", "webapp", 0, "catalog.product-renamed");
        _stored.Add(script.Build());

        Assert.Equal("catalog.price-changed", Assert.Single(Assert.Single(UnusedNow()).Types));
    }

    [Fact]
    public void Window_LeavesOutOlderMessages_ButNotThoseThatWait()
    {
        _stored.AddMessage("old", 0, Attempt(0, handler: 5));
        _stored.AddMessage("waiting", 0);
        _stored.AddMessage("new", 299_000, Attempt(299_000, handler: 5));

        var edge = Assert.Single(TopologyReader.Read(_stored.Messages.Current(), TimeSpan.FromMinutes(1)).Edges);

        Assert.Equal((2, 1), (edge.Messages, edge.Waiting));
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 1, 2)]
    [InlineData(100, 50, 95)]
    public void Percentiles_AreTimesThatWereMeasured(int count, int p50, int p95)
    {
        var times = PartTimes.Of(Enumerable.Range(1, count).Reverse().Select(ms => (TimeSpan?)TimeSpan.FromMilliseconds(ms)));

        Assert.Equal(new PartTimes(count, Ms(p50), Ms(p95), Ms(count)), times);
    }

    [Fact]
    public void Layout_PlacesEachNodeOnce_InsideTheDrawing()
    {
        _stored.Add(OrderFlow.Script(Guid.CreateVersion7(), StoredFlows.Start));

        var layout = new TopologyLayout(TopologyReader.Read(_stored.Messages.Current(), window: null));

        Node[] nodes = [.. layout.Nodes, .. layout.Queues.Select(placed => placed.Node)];
        Assert.Equal(nodes.Length, nodes.Select(node => (node.Left, node.Top)).Distinct().Count());
        Assert.All(nodes, node => Assert.InRange(node.Top, 0, layout.Height - TopologyLayout.NodeHeight));
        Assert.All(layout.Lines, line => Assert.True(line.From.Right < line.To.Left));
    }

    private IReadOnlyList<QueueBinding> UnusedNow() => TopologyReader.Read(
        _stored.Messages.Current(), window: null, letters: null, _stored.Traces.Bindings.Current()).Unused;

    private static Handling Attempt(double at, double handler) => new("catalog-api", at, at + 1, at + 3, at + 4, at + 4 + handler);

    private static TimeSpan Ms(double value) => TimeSpan.FromMilliseconds(value);
}
