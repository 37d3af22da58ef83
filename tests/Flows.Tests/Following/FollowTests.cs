using System.Text.Json.Nodes;
using Flows.Traces;
using Flows.Tests.Scenarios;
using Microsoft.Extensions.DependencyInjection;

namespace Flows.Tests.Following;

/// <summary>The spans and log lines of Aspire's dashboard arrive, each once, whatever happens to the connection.</summary>
public sealed class FollowTests
{
    private static readonly Guid Order = Guid.Parse("01990000-0000-7000-8000-000000000001");
    private static readonly DateTimeOffset Start = TimeProvider.System.GetUtcNow().AddMinutes(-2);

    [Fact]
    public async Task Flow_FromAspiresDashboard_EqualsTheFlowFromOtlp()
    {
        var spans = OrderFlow.Script(Order, Start, isRetried: true);
        await using var aspire = await AspireDashboard.StartAsync();
        var lines = AspireLines.Of(spans);
        aspire.Add("spans", lines);
        await using var following = await FollowAsync(aspire);
        await using var receiving = await RunningFlows.StartAsync();
        using var sent = await receiving.SendAsync("/v1/traces", spans);

        await SpansAsync(following, lines.Count);
        await SpansAsync(receiving, lines.Count);
        var followed = await FlowAsync(following);
        var received = await FlowAsync(receiving);

        Assert.Equal(received.ToJsonString(), followed.ToJsonString());
    }

    [Fact]
    public async Task WaitingMessage_FromAspiresDashboard_NamesItsQueue()
    {
        var script = new SpanScript(Start);
        var placed = new Message("ordering.order-placed", "event", "m1", $"{Order}", $"{Order}", RequiredBy: ["catalog-api", "webapp"]);
        script.Create("ordering-api", placed, 5, script.Server("ordering-api", "POST", 0, 10));
        await using var aspire = await AspireDashboard.StartAsync();
        aspire.Add("spans", AspireLines.Of(script.Build()));
        await using var following = await FollowAsync(aspire);

        await SpansAsync(following, 2);
        var flow = await FlowAsync(following);

        Assert.Equal(["catalog-api", "webapp"], flow["messages"]![0]!["waitsIn"]!.AsArray().Select(queue => (string)queue!));
    }

    [Fact]
    public async Task StreamThatBreaksWithinALine_IsReconnected_AndRepeatedItemsCountOnce()
    {
        var lines = AspireLines.Of(OrderFlow.Script(Order, Start));
        await using var aspire = await AspireDashboard.StartAsync();
        aspire.Add("spans", lines[..10]);
        await using var following = await FollowAsync(aspire);
        await SpansAsync(following, 10);

        aspire.Add("spans", lines[10..15]);
        await SpansAsync(following, 15);
        aspire.Break(lines[15]);
        aspire.Add("spans", lines[15..]);

        await SpansAsync(following, lines.Count);
        var flow = await FlowAsync(following);
        Assert.Equal("Done", (string)flow["state"]!);
        Assert.Equal(0, following.Services.GetRequiredService<TraceStore>().Tally.Rejected);
    }

    [Fact]
    public async Task DashboardThatRestartsEmpty_IsReconnected_AndNothingIsLost()
    {
        var lines = AspireLines.Of(OrderFlow.Script(Order, Start));
        await using var aspire = await AspireDashboard.StartAsync();
        aspire.Add("spans", lines[..10]);
        await using var following = await FollowAsync(aspire);
        await SpansAsync(following, 10);

        await aspire.StopAsync();
        await aspire.StartAgainAsync();
        aspire.Add("spans", lines[10..]);

        await SpansAsync(following, lines.Count);
    }

    [Fact]
    public async Task InvalidLine_IsSkipped_AndTheStreamContinues()
    {
        var lines = AspireLines.Of(OrderFlow.Script(Order, Start));
        await using var aspire = await AspireDashboard.StartAsync();
        await using var following = await FollowAsync(aspire);
        aspire.Add(
            "spans",
            lines[0],
            "",
            "not json",
            """{"resourceSpans":7}""",
            """{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"xyz"}]}]}]}""",
            lines[1]);

        await SpansAsync(following, 2);
    }

    [Fact]
    public async Task LogLines_AreOnTheFlowsPage_WithLinksToAspiresDashboard()
    {
        var spans = OrderFlow.Script(Order, Start);
        var trace = Convert.ToHexStringLower(spans.ResourceSpans[0].ScopeSpans[0].Spans[0].TraceId.Span);
        await using var aspire = await AspireDashboard.StartAsync();
        aspire.Add("spans", AspireLines.Of(spans));
        var line = AspireLines.OfLog("webapp", "Checked out", trace, id: 1);
        aspire.Add("logs", line, line);
        await using var following = await FollowAsync(aspire);
        await SpansAsync(following, spans.ResourceSpans.Sum(resource => resource.ScopeSpans[0].Spans.Count));
        aspire.Add("logs", AspireLines.OfLog("webapp", "The last line", trace, id: 2));
        await following.LogAsync("The last line");

        var page = await following.Api.GetStringAsync($"/flows/{Order}", TestContext.Current.CancellationToken);

        Assert.Equal(1, page.Split(">Checked out<").Length - 1);
        Assert.Contains($"{aspire.Address}structuredlogs?traceId={trace}&amp;logEntryId=1\"", page, StringComparison.Ordinal);
        Assert.Contains($"{aspire.Address}traces/detail/{trace}\"", page, StringComparison.Ordinal);
        Assert.Contains($"{aspire.Address}structuredlogs/resource/webapp\"", page, StringComparison.Ordinal);
        Assert.Contains($"{aspire.Address}?resource=webapp-webapp-1\"", page, StringComparison.Ordinal);
    }

    private static Task<RunningFlows> FollowAsync(AspireDashboard aspire) => RunningFlows.StartAsync(
        $"--Flows:Dashboard:Url={aspire.Address}", $"--Flows:Dashboard:ApiKey={aspire.Key}");

    private static Task<JsonNode> FlowAsync(RunningFlows app) => app.GetAsync($"/api/flows/{Order}");

    private static Task<JsonNode> SpansAsync(RunningFlows app, int count) =>
        app.GetAsync("/api/flows", _ => app.Services.GetRequiredService<TraceStore>().Tally.Received == count);
}
