using Aspire.Hosting.Testing;
using Flows.Testing;
using Servers;

namespace Flows.Senders.Tests;

/// <summary>Another Aspire app, which has Flows by one line in its AppHost.</summary>
public sealed class ForeignAppTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ItsMessages_AreFlows()
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.ForeignAppHost>(
            [], (options, _) => options.DisableDashboard = false, Stop);
        await using var app = await builder.BuildAsync(Stop);
        await app.StartAsync(Stop);
        await using var flows = await FlowsClient.ConnectAsync(app, cancellationToken: Stop);
        flows.Timeout = TimeSpan.FromMinutes(1);

        await flows.Of("invoice-1", Stop).ToReach("invoices@invoices");

        // The span of the sender may arrive after that of the receiver.
        var flow = await Eventually.AsksAsync(
            () => flows.Of("invoice-1", Stop).AsItIs(), flow => flow.Edges.Contains(new FlowEdge("sales", "invoices", "invoices")));
        Assert.Single(flow.Edges);
        Assert.Equal("billing", Assert.Single(flow.Message("invoices").Deliveries).Service);
        Assert.Equal("Done", flow.State);
    }
}
