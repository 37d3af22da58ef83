using Flows.Following;
using Flows.Traces;
using Flows.Tests.Scenarios;
using Microsoft.Extensions.DependencyInjection;

namespace Flows.Tests.Pages;

/// <summary>
/// The first answer of each page already contains its data, because it is rendered on the server before the live connection is open.
/// </summary>
public sealed class PageTests
{
    private static readonly Guid Order = Guid.Parse("01990000-0000-7000-8000-000000000001");

    [Theory]
    [InlineData("/", "No message yet")]
    [InlineData("/flows", "No flows yet")]
    [InlineData("/messages", "No messages yet")]
    [InlineData("/messages/unknown", "Nothing of this message is known")]
    [InlineData("/topology", "No message in this period")]
    [InlineData("/flows/unknown", "Nothing of this flow is known")]
    public async Task Page_WithoutData_ExplainsWhy(string page, string expected)
    {
        await using var app = await RunningFlows.StartAsync();

        Assert.Contains(expected, await app.PageAsync(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownAddress_ShowsANotFoundPage()
    {
        await using var app = await RunningFlows.StartAsync();

        using var response = await app.Api.GetAsync("/traces", TestContext.Current.CancellationToken);

        Assert.Equal(System.Net.HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains(
            "There is no such page",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task OrderPage_ShowsEveryMessageWithQueueOutcomeAndWait()
    {
        await using var app = await FlowsWithOrder.StartAsync(Order);

        var page = await app.PageAsync($"/flows/{Order}");

        string[] expected =
        [
            "basket.basket-checked-out", "ordering.order-placed", "catalog.stock-reserved", "ordering.take-payment", "ordering.order-paid",
            "ordering.order-shipped", "command", "handled", "1.10 ms", "POST /checkout",
        ];
        Assert.All(expected, text => Assert.Contains(text, page, StringComparison.Ordinal));
        Assert.Contains("<svg", page, StringComparison.Ordinal);
        string[] explained = ["Time since the start", "waits in the outbox", "nothing happens, cut short", "<small>queue</small>"];
        Assert.All(explained, text => Assert.Contains(text, page, StringComparison.Ordinal));
        Assert.DoesNotContain("waits for the next try", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/traces/", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OrderPage_OfAStuckOrder_NamesTheWaitingQueue()
    {
        await using var app = await RunningFlows.StartAsync();
        var script = new SpanScript(TimeProvider.System.GetUtcNow().AddMinutes(-2));
        var placed = new Message("ordering.order-placed", "event", "m1", $"{Order}", $"{Order}", RequiredBy: ["catalog-api"]);
        var created = script.Create("ordering-api", placed, 5, script.Server("ordering-api", "POST", 0, 10));
        script.Process("webapp", placed, new Handling("webapp", 5, 6, 7, 8, 9), created);
        using var sent = await app.SendAsync("/v1/traces", script.Build());
        var flow = await app.GetAsync($"/api/flows/{Order}", flow => flow["messages"]!.AsArray().Count == 1);

        var page = await app.PageAsync($"/flows/{Order}");

        Assert.Equal(("InFlight", "catalog-api"), ((string)flow["state"]!, (string)flow["messages"]![0]!["waitsIn"]![0]!));
        Assert.Contains("not received yet", page, StringComparison.Ordinal);
        Assert.Contains("In flight", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_ShowReceivedTelemetry()
    {
        await using var app = await FlowsWithOrder.StartAsync(Order);

        Assert.Contains(Order.ToString(), await app.PageAsync($"/flows?q={Order}"), StringComparison.Ordinal);
        Assert.Contains("No flow matches", await app.PageAsync("/flows?q=unheard-of"), StringComparison.Ordinal);
        Assert.Contains(Order.ToString(), await app.PageAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ids_WithASlash_AreFoundByTheLinksOfThePages()
    {
        await using var app = await RunningFlows.StartAsync();
        var script = new SpanScript(TimeProvider.System.GetUtcNow().AddMinutes(-2));
        var placed = new Message("placed", "event", "message/1", "flow/1", "order/1");
        script.Create("shop", placed, 1, script.Server("shop", "POST", 0, 2));
        using var sent = await app.SendAsync("/v1/traces", script.Build());
        await app.GetAsync("/api/messages", page => (int)page["count"]! == 1);

        Assert.Contains("\"/flows/flow%2F1\"", await app.PageAsync("/flows"), StringComparison.Ordinal);
        Assert.Contains("\"/messages/message%2F1\"", await app.PageAsync("/messages"), StringComparison.Ordinal);
        Assert.Contains("/api/flows/flow%2F1", await app.PageAsync("/flows/flow%2F1"), StringComparison.Ordinal);
        Assert.Contains("messaging.message.id", await app.PageAsync("/messages/message%2F1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FlowPage_FindsTheNewestFlowWithABusinessKey_AsTheApiDoes()
    {
        await using var app = await RunningFlows.StartAsync();
        var script = new SpanScript(TimeProvider.System.GetUtcNow().AddMinutes(-2));
        var placed = new Message("placed", "event", "m1", "flow-1", "order-17");
        script.Create("shop", placed, 1, script.Server("shop", "POST", 0, 2));
        using var sent = await app.SendAsync("/v1/traces", script.Build());
        var flow = await app.GetAsync("/api/flows/order-17", _ => true);

        var page = await app.PageAsync("/flows/order-17");

        Assert.Equal("flow-1", (string?)flow["id"]);
        Assert.DoesNotContain("Nothing of this flow is known", page, StringComparison.Ordinal);
        Assert.Contains("flow-1", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DroppedFlows_AreCounted()
    {
        await using var app = await RunningFlows.StartAsync("--Flows:Limits:Flows=2");
        var script = new SpanScript(TimeProvider.System.GetUtcNow().AddMinutes(-2));
        for (var i = 0; i < 5; i++)
        {
            var paid = new Message("ordering.order-paid", "event", $"m{i}", $"order-{i}", $"order-{i}");
            script.Create("ordering-api", paid, i, script.Server("ordering-api", "POST", i, i + 1));
        }

        using var sent = await app.SendAsync("/v1/traces", script.Build());
        await app.GetAsync("/api/flows", answer => (int)answer["count"]! == 2);

        foreach (var page in new[] { "/", "/flows", "/messages", "/topology" })
        {
            Assert.Contains("3 older flows dropped", await app.PageAsync(page), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task LimitedLists_SayThatThereIsMore()
    {
        await using var app = await RunningFlows.StartAsync();
        var script = new SpanScript(TimeProvider.System.GetUtcNow().AddMinutes(-2));
        for (var i = 0; i <= 500; i++)
        {
            var paid = new Message("ordering.order-paid", "event", $"m{i}", $"order-{i:000}", $"order-{i:000}");
            script.Create("ordering-api", paid, i, script.Server("ordering-api", "POST", i, i + 1));
        }

        using var sent = await app.SendAsync("/v1/traces", script.Build());
        var flows = await app.GetAsync("/api/flows?state=Done&limit=10", answer => (int)answer["count"]! == 501);
        var traceId = TraceId.TryParse((string)(await app.GetAsync("/api/flows/order-000"))["traceIds"]![0]!, out var id)
            ? id
            : default;
        var logs = app.Services.GetRequiredService<LogStore>();
        for (var i = 0; i <= 300; i++)
        {
            logs.Add(new LogEntry
            {
                Time = DateTimeOffset.UnixEpoch.AddSeconds(i),
                Level = LogLevel.Information,
                Message = $"line {i}",
                Source = TelemetrySource.Unknown,
                TraceId = traceId,
                Tags = [],
                Bytes = 100,
            });
        }

        Assert.Equal(10, flows["data"]!.AsArray().Count);
        Assert.Contains("newest 500 of more flows", await app.PageAsync("/flows"), StringComparison.Ordinal);
        Assert.Contains(">1 flow<", await app.PageAsync("/flows?q=order-000"), StringComparison.Ordinal);
        Assert.Contains("No flow matches", await app.PageAsync("/flows?state=DeadLettered"), StringComparison.Ordinal);
        Assert.Contains("<span>1 message</span>", await app.PageAsync("/flows/order-000"), StringComparison.Ordinal);
        Assert.Contains("first 300 of 301 log lines", await app.PageAsync("/flows/order-000"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FlowApi_HasTheWaitOfEachAttempt()
    {
        await using var app = await FlowsWithOrder.StartAsync(Order);

        var flow = await app.GetAsync($"/api/flows/{Order}");

        Assert.Equal("Done", (string)flow["state"]!);
        var pay = flow["messages"]!.AsArray().Single(message => (string)message!["type"]! == "ordering.take-payment")!;
        Assert.Equal("command", (string)pay["kind"]!);
        var wait = pay["deliveries"]![0]!["attempts"]![0]!["wait"]!;
        Assert.Equal(1.1, (double)wait["outboxMs"]!, tolerance: 0.01);
        Assert.Null(wait["retryDelayMs"]);
    }

    [Fact]
    public async Task Overview_WithoutMessages_StillNamesTheProblems()
    {
        await using var app = await RunningFlows.StartAsync();
        app.Services.GetRequiredService<FollowState>().Failed("spans", "The key is wrong.");

        var page = await app.PageAsync("/");

        string[] expected = ["1 thing needs attention", "The key is wrong.", "No message yet"];
        Assert.All(expected, text => Assert.Contains(text, System.Net.WebUtility.HtmlDecode(page), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Overview_SaysThatItIsAllRight_AndShowsTheSlowestSteps()
    {
        await using var app = await FlowsWithOrder.StartAsync(Order);

        var page = await app.PageAsync("/");

        Assert.Contains("All right: no message waits too long, none failed", page, StringComparison.Ordinal);
        Assert.Contains("/messages?type=ordering.take-payment", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_LeadToTheMessage_WithItsAttributesAndWhatItsHandlerDid()
    {
        await using var app = await FlowsWithOrder.StartAsync(Order);
        var flow = await app.GetAsync($"/api/flows/{Order}");
        var message = (string)flow["messages"]![0]!["id"]!;

        Assert.Contains($"/messages/{message}", await app.PageAsync("/messages?type=basket.basket-checked-out"), StringComparison.Ordinal);
        Assert.Contains("No message matches", await app.PageAsync("/messages?queue=unheard-of"), StringComparison.Ordinal);
        var page = await app.PageAsync($"/messages/{message}");

        Assert.Contains("orderingdb", page, StringComparison.Ordinal);
        Assert.Contains("messaging.message.conversation_id", page, StringComparison.Ordinal);
        Assert.Contains("caused <a href", page, StringComparison.Ordinal);
        Assert.Equal(message, (string?)(await app.GetAsync($"/api/messages/{message}"))["id"]);
    }

    [Fact]
    public async Task MessagePage_ShowsItsRowInTheOutbox_AndTheStatementsOfItsHandler()
    {
        await using var app = await RunningFlows.StartAsync();
        var script = new SpanScript(TimeProvider.System.GetUtcNow().AddMinutes(-1));
        var message = new Message("ordering.order-paid", "event", "m1", "f1", "k1");
        var created = script.Create("ordering-api", message, 1, script.Server("ordering-api", "POST /orders", 0, 5));
        script.Send("ordering-api", message, 6, 8, created);
        var handled = script.Process("webapp", message, new Handling("webapp", 1, 8, 9, 10, 20), created);
        script.Client("webapp", "UPDATE orders", 11, 12, handled, ("db.query.text", "UPDATE orders SET state = $1"));
        using var sent = await app.SendAsync("/v1/traces", script.Build());
        await app.GetAsync("/api/messages/m1");

        var page = await app.PageAsync("/messages/m1");

        Assert.Contains("sent to the broker, and removed", page, StringComparison.Ordinal);
        Assert.Contains("UPDATE orders SET state = $1", page, StringComparison.Ordinal);
    }
}
