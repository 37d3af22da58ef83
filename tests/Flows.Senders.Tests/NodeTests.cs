using System.Text.Json.Nodes;
using Flows.Tests;

namespace Flows.Senders.Tests;

/// <summary>A Node program with OpenTelemetry's SDK and its instrumentation of amqplib. It knows nothing of our bus.</summary>
public sealed class NodeTests(SenderServers servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("grpc")]
    [InlineData("http/protobuf")]
    [InlineData("http/json")]
    public async Task ItsQueue_IsALaneOfAFlow(string protocol)
    {
        await using var app = await RunningFlows.StartAsync();
        var address = protocol == "grpc" ? app.OtlpGrpc : app.OtlpHttp;

        var (exitCode, output) = await Npm.RunAsync(
            "send.cjs",
            [await servers.Shop.CreateVirtualHostAsync(Stop)],
            new Dictionary<string, string?>
            {
                ["OTEL_SERVICE_NAME"] = "node-shop",
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = protocol,
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = address.ToString(),
                ["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={RunningFlows.OtlpKey}",
                ["OTEL_METRICS_EXPORTER"] = "none",
                ["OTEL_LOGS_EXPORTER"] = "none",
            },
            Stop);

        Assert.True(exitCode == 0, output);
        var messages = await app.GetAsync("/api/messages?queue=node-invoices", answer => answer["data"]!.AsArray().Count == 1);
        var message = messages["data"]![0]!;
        Assert.Equal("node-shop", (string?)message["from"]);
        var delivery = Assert.Single(message["deliveries"]!.AsArray())!;
        Assert.Equal(("node-invoices", "node-shop"), ((string?)delivery["queue"], (string?)delivery["service"]));
        Assert.Equal("Done", (string?)(await FlowAsync(app, message))["state"]);
    }

    private static Task<JsonNode> FlowAsync(RunningFlows app, JsonNode message) => app.GetAsync($"/api/flows/{message["flowId"]}");
}
