namespace Flows.Tests.Scenarios;

/// <summary>The application with one order, which was shipped two minutes ago.</summary>
internal static class FlowsWithOrder
{
    public static async Task<RunningFlows> StartAsync(Guid order)
    {
        var app = await RunningFlows.StartAsync();
        using var sent = await app.SendAsync("/v1/traces", OrderFlow.Script(order, TimeProvider.System.GetUtcNow().AddMinutes(-2)));
        sent.EnsureSuccessStatusCode();
        await app.GetAsync($"/api/flows/{order}", flow => flow["messages"]!.AsArray().Count == 6);
        return app;
    }
}
