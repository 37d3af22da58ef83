using Dashboard.Telemetry;
using Dashboard.Tests.Telling;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Pages;

/// <summary>The first answer of each page already holds its data: it is drawn on the server before the live connection stands.</summary>
public sealed class PageTests
{
    private static readonly Guid Order = Guid.Parse("01990000-0000-7000-8000-000000000001");

    [Theory]
    [InlineData("/", "No engine is connected")]
    [InlineData("/consolelogs", "No engine is connected")]
    [InlineData("/structuredlogs", "No log lines yet")]
    [InlineData("/traces", "No traces yet")]
    [InlineData("/metrics", "No metrics yet")]
    [InlineData("/flows", "No flows yet")]
    [InlineData("/flows/unknown", "Nothing of this flow is known")]
    [InlineData("/traces/unknown", "This trace is not known")]
    public async Task Page_WithoutData_SaysWhatIsMissing(string page, string expected)
    {
        await using var dashboard = await RunningDashboard.StartAsync();

        Assert.Contains(expected, await PageAsync(dashboard, page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OrderPage_ShowsEveryMessageWithQueueOutcomeAndWait()
    {
        await using var dashboard = await ToldDashboardAsync();

        var page = await PageAsync(dashboard, $"/flows/{Order}");

        string[] expected =
        [
            "basket.basket-checked-out", "ordering.order-placed", "catalog.stock-reserved", "ordering.take-payment", "ordering.order-paid",
            "ordering.order-shipped", "command", "handled", "1.10 ms", "POST /checkout",
        ];
        Assert.All(expected, text => Assert.Contains(text, page, StringComparison.Ordinal));
        Assert.Contains("<svg", page, StringComparison.Ordinal);
        Assert.Contains("/traces/", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OrderPage_OfAStuckOrder_NamesTheQueueThatHasNotReceived()
    {
        await using var dashboard = await RunningDashboard.StartAsync();
        var script = new SpanScript(TimeProvider.System.GetUtcNow().AddMinutes(-2));
        var placed = new Message("ordering.order-placed", "event", "m1", $"{Order}", $"{Order}", AwaitedBy: ["catalog-api"]);
        var created = script.Create("ordering-api", placed, 5, script.Server("ordering-api", "POST", 0, 10));
        script.Process("webapp", placed, new Handling("webapp", 5, 6, 7, 8, 9), created);
        using var sent = await dashboard.SendAsync("/v1/traces", script.Build());
        var flow = await dashboard.GetAsync($"/api/flows/{Order}", flow => flow["messages"]!.AsArray().Count == 1);

        var page = await PageAsync(dashboard, $"/flows/{Order}");

        Assert.Equal(("InFlight", "catalog-api"), ((string)flow["state"]!, (string)flow["messages"]![0]!["waitsIn"]![0]!));
        Assert.Contains("not received yet", page, StringComparison.Ordinal);
        Assert.Contains("In flight", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_ShowWhatWasTold()
    {
        await using var dashboard = await ToldDashboardAsync();
        var traces = await dashboard.GetAsync("/api/traces?q=checkout", answer => (int)answer["count"]! > 0);
        var traceId = (string)traces["data"]![0]!["traceId"]!;

        Assert.Contains(Order.ToString(), await PageAsync(dashboard, $"/flows?q={Order}"), StringComparison.Ordinal);
        Assert.Contains("No flow matches", await PageAsync(dashboard, "/flows?q=unheard-of"), StringComparison.Ordinal);
        Assert.Contains("POST /checkout", await PageAsync(dashboard, "/traces"), StringComparison.Ordinal);
        var trace = await PageAsync(dashboard, $"/traces/{traceId}");
        Assert.Contains("process ordering.take-payment", trace, StringComparison.Ordinal);
        Assert.Contains("Linked traces", trace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_ThatAreCut_SayThatThereIsMore()
    {
        await using var dashboard = await RunningDashboard.StartAsync();
        var script = new SpanScript(TimeProvider.System.GetUtcNow().AddMinutes(-2));
        for (var i = 0; i <= 500; i++)
        {
            var paid = new Message("ordering.order-paid", "event", $"m{i}", $"order-{i:000}", $"order-{i:000}");
            script.Create("ordering-api", paid, i, script.Server("ordering-api", "POST", i, i + 1));
        }

        using var sent = await dashboard.SendAsync("/v1/traces", script.Build());
        var flows = await dashboard.GetAsync("/api/flows?state=done&limit=10", answer => (int)answer["count"]! == 501);
        var traceId = TraceId.TryParse((string)(await dashboard.GetAsync("/api/flows/order-000"))["traceIds"]![0]!, out var id) ? id : default;
        var logs = dashboard.Services.GetRequiredService<LogStore>();
        for (var i = 0; i <= 300; i++)
        {
            logs.Add(new LogEntry
            {
                Number = logs.NextNumber,
                Time = DateTimeOffset.UnixEpoch.AddSeconds(i),
                Level = LogLevel.Information,
                Message = $"line {i}",
                Category = "c",
                Source = TelemetrySource.Unknown,
                TraceId = traceId,
                Tags = [],
                Bytes = 100,
            });
        }

        Assert.Equal(10, flows["data"]!.AsArray().Count);
        Assert.Contains("newest 500 of more flows", await PageAsync(dashboard, "/flows"), StringComparison.Ordinal);
        Assert.Contains("1 flows", await PageAsync(dashboard, "/flows?q=order-000"), StringComparison.Ordinal);
        Assert.Contains("No flow matches", await PageAsync(dashboard, "/flows?state=DeadLettered"), StringComparison.Ordinal);
        Assert.Contains("first 300 of 301 log lines", await PageAsync(dashboard, "/flows/order-000"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MetricsPage_ChartsTheProcessesThatLive_AndTellsReplicasApart()
    {
        await using var dashboard = await RunningDashboard.StartAsync();
        Read("before", from: 0, to: 30);
        Read("after", from: 40, to: 60);

        var restarted = await PageAsync(dashboard, "/metrics?resource=ordering-api&meter=shop&instrument=orders");
        Read("replica", from: 50, to: 60);
        var replicated = await PageAsync(dashboard, "/metrics?resource=ordering-api&meter=shop&instrument=orders");

        Assert.Equal(1, restarted.Split("<polyline").Length - 1);
        Assert.DoesNotContain("orders ·", restarted, StringComparison.Ordinal);
        Assert.Equal(2, replicated.Split("<polyline").Length - 1);
        Assert.Contains("orders · after", System.Net.WebUtility.HtmlDecode(replicated), StringComparison.Ordinal);
        Assert.Contains("orders · replica", System.Net.WebUtility.HtmlDecode(replicated), StringComparison.Ordinal);

        void Read(string instance, int from, int to)
        {
            var instrument = new Instrument(new TelemetrySource("ordering-api", instance, []), "shop", "orders", InstrumentType.Gauge, "1", "");
            for (var second = from; second <= to; second++)
            {
                var reading = new MetricPoint(DateTimeOffset.UnixEpoch.AddSeconds(second), second, 0, []);
                dashboard.Services.GetRequiredService<MetricStore>().Add(instrument, [], [], reading, isDelta: false);
            }
        }
    }

    [Fact]
    public async Task FlowApi_TellsTheWaitOfEachAttempt()
    {
        await using var dashboard = await ToldDashboardAsync();

        var flow = await dashboard.GetAsync($"/api/flows/{Order}");

        Assert.Equal("Done", (string)flow["state"]!);
        var pay = flow["messages"]!.AsArray().Single(message => (string)message!["type"]! == "ordering.take-payment")!;
        Assert.Equal("command", (string)pay["kind"]!);
        var wait = pay["deliveries"]![0]!["attempts"]![0]!["wait"]!;
        Assert.Equal(1.1, (double)wait["outboxMs"]!, tolerance: 0.01);
        Assert.Null(wait["retryDelayMs"]);
    }

    private static async Task<RunningDashboard> ToldDashboardAsync()
    {
        var dashboard = await RunningDashboard.StartAsync();
        using var sent = await dashboard.SendAsync("/v1/traces", OrderFlow.Tell(Order, TimeProvider.System.GetUtcNow().AddMinutes(-2)));
        sent.EnsureSuccessStatusCode();
        await dashboard.GetAsync($"/api/flows/{Order}", flow => flow["messages"]!.AsArray().Count == 6);
        return dashboard;
    }

    private static Task<string> PageAsync(RunningDashboard dashboard, string path) =>
        dashboard.Api.GetStringAsync(path, TestContext.Current.CancellationToken);
}
