using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Flows.Tests.Scenarios;

namespace Flows.Tests.Api;

public sealed class FlowApiTests
{
    private static readonly Guid Order = Guid.Parse("01990000-0000-7000-8000-000000000002");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Wait_IsAnsweredWhenTheFlowReachesItsMilestones()
    {
        await using var app = await RunningFlows.StartAsync();
        var waiting = app.Api.GetFromJsonAsync<JsonNode>(
            $"/api/flows/{Order}?until=ordering.order-shipped&until=ordering.order-paid@webapp&timeout=60", Stop);
        var start = TimeProvider.System.GetUtcNow();
        using var paid = await app.SendAsync("/v1/traces", OrderFlow.Script(Order, start, isShipped: false));
        await app.GetAsync($"/api/flows/{Order}", flow => flow["messages"]!.AsArray().Count == 5);
        Assert.False(waiting.IsCompleted);

        using var shipped = await app.SendAsync("/v1/traces", OrderFlow.Script(Order, start));

        var flow = await waiting.WaitAsync(TimeSpan.FromSeconds(30), Stop);
        Assert.True((bool)flow!["reached"]!);
        Assert.Contains(flow["messages"]!.AsArray(), message => (string)message!["type"]! == "ordering.order-shipped");
    }

    [Theory]
    [InlineData("ordering.order-shipped")]
    [InlineData("ordering.order-paid@basket-api")]
    public async Task Wait_AtItsEnd_IsAnsweredWithTheFlowAsItIs(string milestone)
    {
        await using var app = await WithOneOrderAsync();

        var flow = await app.GetAsync($"/api/flows/{Order}?until={milestone}&timeout=1");

        Assert.False((bool)flow["reached"]!);
        Assert.Equal(5, flow["messages"]!.AsArray().Count);
    }

    [Fact]
    public async Task Wait_ForAnUnknownFlow_EndsWithNotFound()
    {
        await using var app = await RunningFlows.StartAsync();

        using var response = await app.Api.GetAsync($"/api/flows/{Order}?until=ordering.order-shipped&timeout=1", Stop);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Flow_WithoutAWait_DoesNotSayWhatItReached()
    {
        await using var app = await WithOneOrderAsync();

        Assert.Null((await app.GetAsync($"/api/flows/{Order}"))["reached"]);
    }

    [Fact]
    public async Task Flow_IsFoundByABusinessKey()
    {
        await using var app = await RunningFlows.StartAsync();
        var script = new SpanScript(TimeProvider.System.GetUtcNow().AddMinutes(-2));
        foreach (var order in new[] { "order-1", "order-2" })
        {
            var paid = new Message("ordering.order-paid", "event", $"m-{order}", order, Key: "customer-7");
            script.Create("ordering-api", paid, 1, script.Server("ordering-api", "POST", 0, 2));
        }

        using var sent = await app.SendAsync("/v1/traces", script.Build());

        var flow = await app.GetAsync("/api/flows/customer-7", _ => true);
        Assert.Equal("order-2", (string)flow["id"]!);
    }

    [Fact]
    public async Task Flow_HasTheCallsOfItsServices_ButNotThoseOfDatabases()
    {
        await using var app = await RunningFlows.StartAsync();
        var script = new SpanScript(TimeProvider.System.GetUtcNow().AddMinutes(-2));
        var page = script.Server("webapp", "POST /checkout", 0, 9);
        script.Client("webapp", "POST", 1, 2, page, ("url.full", "http://basket-api/api/basket"));
        script.Client("webapp", "Get", 3, 4, page, ("rpc.method", "catalog.Items/Get"));
        script.Client("webapp", "SELECT", 5, 6, page, ("db.system.name", "postgresql"));
        script.Create("webapp", new Message("placed", "event", "m1", "order-1", "order-1"), 7, page);
        using var sent = await app.SendAsync("/v1/traces", script.Build());

        var flow = await app.GetAsync("/api/flows/order-1", flow => flow["messages"]!.AsArray().Count == 1);

        Assert.Equal(
            ["webapp http://basket-api/api/basket", "webapp catalog.Items/Get"],
            flow["calls"]!.AsArray().Select(call => $"{call!["from"]} {call["target"]}"));
    }

    [Fact]
    public async Task Ids_WithASlash_AreFoundAtEachAddress()
    {
        await using var app = await RunningFlows.StartAsync();
        var script = new SpanScript(TimeProvider.System.GetUtcNow().AddMinutes(-2));
        var placed = new Message("placed", "event", "message/1", "flow/1%", "order/1");
        script.Create("shop", placed, 1, script.Server("shop", "POST", 0, 2));
        using var sent = await app.SendAsync("/v1/traces", script.Build());

        var flow = await app.GetAsync("/api/flows/flow%2F1%25", flow => flow["messages"]!.AsArray().Count == 1);
        var ofKey = await app.GetAsync("/api/flows/order%2f1");
        var message = await app.GetAsync("/api/messages/message%2F1");
        var file = await app.GetAsync("/api/flows/flow%2F1%25/otlp");
        using var process = new StringContent(
            """{"process":"p","steps":[{"message":"placed","from":"shop","to":["stock"]}]}""", Encoding.UTF8, "application/json");
        using var comparison = await app.Api.PostAsync("/api/flows/flow%2F1%25/comparison", process, Stop);

        Assert.Equal(("flow/1%", "flow/1%"), ((string)flow["id"]!, (string)ofKey["id"]!));
        Assert.Equal("message/1", (string)message["id"]!);
        Assert.Single(file["resourceSpans"]!.AsArray());
        Assert.Equal(HttpStatusCode.OK, comparison.StatusCode);
    }

    [Fact]
    public async Task Comparison_IsWithTheProcessOfTheRequest()
    {
        await using var app = await WithOneOrderAsync();
        var process = new
        {
            process = "payment",
            steps = new[] { new { message = "ordering.take-payment", from = "ordering-api", to = new[] { "ordering.take-payment" } } },
        };

        using var response = await app.Api.PostAsJsonAsync($"/api/flows/{Order}/comparison", process, Stop);

        var comparison = await response.Content.ReadFromJsonAsync<JsonNode>(Stop);
        Assert.Equal("Done", (string)comparison!["steps"]![0]!["state"]!);
        Assert.Equal(4, (int)comparison["faults"]!);
    }

    [Fact]
    public async Task Comparison_WithAWrongProcess_IsRefusedWithItsFaults()
    {
        await using var app = await WithOneOrderAsync();

        var process = new { process = "x", steps = Array.Empty<int>() };

        using var response = await app.Api.PostAsJsonAsync($"/api/flows/{Order}/comparison", process, Stop);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<JsonNode>(Stop);
        Assert.Equal("No step starts the process. Leave out 'after' in its first step.", (string)problem!["errors"]![""]![0]!);
    }

    private static async Task<RunningFlows> WithOneOrderAsync()
    {
        var app = await RunningFlows.StartAsync();
        using var sent = await app.SendAsync(
            "/v1/traces", OrderFlow.Script(Order, TimeProvider.System.GetUtcNow().AddMinutes(-2), isShipped: false));
        await app.GetAsync($"/api/flows/{Order}", flow => flow["messages"]!.AsArray().Count == 5);
        return app;
    }
}
