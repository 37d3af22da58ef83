using Flows.Tests.Scenarios;

namespace Flows.Tests.Pages;

public sealed class TopologyPageTests
{
    private static readonly Guid Order = Guid.Parse("01990000-0000-7000-8000-000000000005");

    [Fact]
    public async Task Topology_ShowsEveryPath_AsDrawingAndAsTable()
    {
        await using var app = await FlowsWithOrder.StartAsync(Order);

        var page = await app.PageAsync("/topology?window=all");

        Assert.Contains("class=\"node queue", page, StringComparison.Ordinal);
        Assert.Contains("with its messages per minute", page, StringComparison.Ordinal);
        Assert.Contains("aria-label=\"Every path, with its waits\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "95 of 100 messages took no longer")]
    [InlineData("&waits=median", "half of the messages took no longer")]
    [InlineData("&waits=slowest", "the longest that was measured")]
    public async Task Topology_ShowsTheChosenFigureOfTheWaits(string query, string expected)
    {
        await using var app = await FlowsWithOrder.StartAsync(Order);

        Assert.Contains(expected, await app.PageAsync($"/topology?window=all{query}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Topology_ListsWhatIsBoundAndNeverUsed()
    {
        await using var app = await RunningFlows.StartAsync();
        var script = new SpanScript(TimeProvider.System.GetUtcNow());
        script.Subscribe("webapp", "webapp", 0, "catalog.price-changed");
        using var sent = await app.SendAsync("/v1/traces", script.Build());

        var topology = await app.GetAsync("/api/topology", answer => answer["unused"]!.AsArray().Count == 1);

        Assert.Equal("catalog.price-changed", (string)topology["unused"]![0]!["types"]![0]!);
        var page = await app.PageAsync("/topology");
        Assert.Contains("Bound, and never used", page, StringComparison.Ordinal);
        Assert.Contains("catalog.price-changed", page, StringComparison.Ordinal);
    }
}
