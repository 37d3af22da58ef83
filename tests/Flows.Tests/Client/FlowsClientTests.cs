using Flows.Testing;
using Flows.Tests.Scenarios;

namespace Flows.Tests.Client;

public sealed class FlowsClientTests
{
    private static readonly string Order = "01990000-0000-7000-8000-000000000003";
    private static readonly DateTimeOffset Start = TimeProvider.System.GetUtcNow().AddMinutes(-2);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ToReach_ReturnsTheFlow_WithItsEdgesWaitsAndAttempts()
    {
        await using var app = await RunningFlows.StartAsync();
        await using var flows = new FlowsClient(app.Frontend, RunningFlows.Token);
        var reaching = flows.Of(Order, Stop).ToReach("ordering.order-shipped", "ordering.order-paid@webapp");
        using var sent = await app.SendAsync("/v1/traces", OrderFlow.Script(Guid.Parse(Order), Start, isRetried: true));

        var flow = await reaching;

        flow.HasEdge("ordering-api", "ordering.take-payment", "ordering.take-payment")
            .HasEdge("basket-api", "basket.basket-checked-out", "ordering-api")
            .WasHandledOnceBy("catalog-api");
        Assert.Equal("Done", flow.State);
        var delivery = flow.Message("ordering.order-placed").WasHandledOnceBy("catalog-api").DeliveryTo("catalog-api");
        Assert.Equal(["retried", "handled"], delivery.Attempts.Select(attempt => attempt.Outcome));
        Assert.Equal(TimeSpan.FromSeconds(5), delivery.Wait.RetryDelay);
        Assert.True(delivery.Wait.Total > TimeSpan.FromSeconds(5));
        Assert.Equal(1.1, flow.Message("ordering.take-payment").Deliveries[0].Wait.Outbox!.Value.TotalMilliseconds, tolerance: 0.01);
    }

    [Fact]
    public async Task ToReach_WhenTheTimeIsOver_ShowsHowFarTheFlowCame()
    {
        await using var app = await WithOneOrderAsync(isRetried: true);
        await using var flows = new FlowsClient(app.Frontend, RunningFlows.Token) { Timeout = TimeSpan.FromSeconds(1) };

        var failure = await Assert.ThrowsAsync<FlowAssertionException>(() => flows.Of(Order, Stop).ToReach("ordering.order-cancelled"));

        Assert.StartsWith("The flow did not reach ordering.order-cancelled within 1 s.", failure.Message, StringComparison.Ordinal);
        var lines = failure.Message.Split('\n');
        Assert.Contains($"Flow {Order}: Done, 6 messages, 42.02 s", lines);
        Assert.Contains(" 2 ordering.order-placed (event) from ordering-api", lines);
        Assert.Contains(lines, line => line.Contains("+35.0 ms  attempt 1: retried, waited 7.0 ms, ran 3.0 ms", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("locked by another reservation", StringComparison.Ordinal));
        Assert.Equal(["catalog-api", "webapp"], LanesOf(lines, " 6 ordering.order-shipped"));
    }

    [Fact]
    public async Task ToReach_OfAnUnknownFlow_SaysWhatToCheck()
    {
        await using var app = await RunningFlows.StartAsync();
        await using var flows = new FlowsClient(app.Frontend, RunningFlows.Token) { Timeout = TimeSpan.FromSeconds(1) };

        var failure = await Assert.ThrowsAsync<FlowAssertionException>(() => flows.Of("unheard-of", Stop).ToReach("x"));

        Assert.StartsWith("Flows knows no flow 'unheard-of' after 1 s. Check the key", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongToken_IsReported()
    {
        await using var app = await RunningFlows.StartAsync();
        await using var flows = new FlowsClient(app.Frontend, "wrong");

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => flows.Of(Order, Stop).AsItIs());

        Assert.Contains("401", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FailedAssertions_SayWhatTheyExpected()
    {
        await using var app = await WithOneOrderAsync();
        await using var flows = new FlowsClient(app.Frontend, RunningFlows.Token);
        var flow = await flows.Of(Order, Stop).AsItIs();

        Fails("Expected the edge webapp -> order-paid -> mail.", () => flow.HasEdge("webapp", "order-paid", "mail"));
        Fails("Expected messages in the queue basket-api.", () => flow.WasHandledOnceBy("basket-api"));
        Fails("Expected one message ordering.order-lost, found 0.", () => flow.Message("ordering.order-lost"));
        Fails("Expected that mail receives ordering.order-paid.", () => flow.Message("ordering.order-paid").DeliveryTo("mail"));
        Fails("Unexpected messages: ordering.order-placed", () => flow.HasNoUnexpectedMessage("basket.basket-checked-out"));
        Fails("Flows has no process for this flow", () => flow.HasNoUnexpectedMessage());
        Fails("Flows has no process for this flow", () => flow.FollowsItsProcess());

        void Fails(string expected, Func<object> assertion)
        {
            var failure = Assert.Throws<FlowAssertionException>(assertion);
            Assert.StartsWith(expected, failure.Message, StringComparison.Ordinal);
            Assert.Contains($"Flow {Order}: Done", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task WasHandledOnceBy_FailsWhileAMessageWaitsInTheQueue_OrWasHandledTwice()
    {
        await using var app = await RunningFlows.StartAsync();
        await using var flows = new FlowsClient(app.Frontend, RunningFlows.Token);
        var script = new SpanScript(Start);
        var placed = new Message("placed", "event", "m1", "order-1", "order-1", RequiredBy: ["mail", "stock"]);
        var created = script.Create("shop", placed, 1, script.Server("shop", "POST", 0, 2));
        script.Process("stock", placed, new Handling("stock", 1, 2, 3, 4, 5), created);
        script.Process("stock", placed, new Handling("stock", 1, 2, 6, 7, 8, Attempt: 2), created);
        using var sent = await app.SendAsync("/v1/traces", script.Build());

        await app.GetAsync("/api/flows/order-1", flow => flow["messages"]?[0]?["deliveries"]?[0]?["attempts"]!.AsArray().Count == 2);
        var flow = await flows.Of("order-1", Stop).ToReach("placed@stock");

        var waiting = Assert.Throws<FlowAssertionException>(() => flow.WasHandledOnceBy("mail"));
        var twice = Assert.Throws<FlowAssertionException>(() => flow.WasHandledOnceBy("stock"));
        Assert.StartsWith("Expected that mail receives placed.", waiting.Message, StringComparison.Ordinal);
        Assert.Contains("mail ", waiting.Message.Split('\n').Single(line => line.EndsWith("not received yet", StringComparison.Ordinal)));
        Assert.StartsWith("Expected that stock handled placed once. It did 2 times.", twice.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flow_IsFoundByAKeyWithASlash()
    {
        await using var app = await RunningFlows.StartAsync();
        await using var flows = new FlowsClient(app.Frontend, RunningFlows.Token) { Timeout = TimeSpan.FromSeconds(10) };
        var script = new SpanScript(Start);
        var placed = new Message("placed", "event", "m1", "flow-1", "orders/2026/17");
        var created = script.Create("shop", placed, 1, script.Server("shop", "POST", 0, 2));
        script.Process("stock", placed, new Handling("stock", 1, 2, 3, 4, 5), created);
        using var sent = await app.SendAsync("/v1/traces", script.Build());

        var flow = await flows.Of("orders/2026/17", Stop).ToReach("placed@stock");

        Assert.Equal("flow-1", flow.Id);
    }

    [Fact]
    public async Task Flow_IsComparedWithItsProcess()
    {
        await using var app = await WithOneOrderAsync(settings: $"--Flows:Processes={Repository.PathOf("docs", "processes")}");
        await using var flows = new FlowsClient(app.Frontend, RunningFlows.Token);

        var flow = await flows.Of(Order, Stop).AsItIs();
        var compared = await flows.Of(Order, Stop).ComparedWith(Repository.PathOf("docs", "processes", "order.json"));

        // The script's services handle less than the real ones.
        var failure = Assert.Throws<FlowAssertionException>(() => flow.FollowsItsProcess());
        Assert.StartsWith("The flow differs from the process order: ordering.order-placed is Missing", failure.Message);
        Assert.Contains("   Missing    ordering.order-placed: ordering-api should have handled it", failure.Message);
        Assert.Equal(flow.Expected!.Steps.Select(step => step.State), compared.Steps.Select(step => step.State));
        flow.HasNoUnexpectedMessage();
    }

    private static IEnumerable<string> LanesOf(string[] lines, string message) => lines
        .SkipWhile(line => !line.StartsWith(message, StringComparison.Ordinal))
        .Skip(1)
        .TakeWhile(line => line.Length > 0)
        .Select(line => line.Split('|')[0].Trim())
        .Order(StringComparer.Ordinal);

    private static async Task<RunningFlows> WithOneOrderAsync(bool isRetried = false, params string[] settings)
    {
        var app = await RunningFlows.StartAsync(settings);
        using var sent = await app.SendAsync("/v1/traces", OrderFlow.Script(Guid.Parse(Order), Start, isRetried: isRetried));
        await app.GetAsync($"/api/flows/{Order}", flow => flow["messages"]!.AsArray().Count == 6);
        return app;
    }
}
