using System.Text;
using System.Text.Json.Nodes;
using Flows.Tests.Scenarios;

namespace Flows.Tests.Api;

public sealed class OtlpFileTests
{
    [Fact]
    public async Task Flow_SentToAnotherFlows_IsTheSameFlow()
    {
        var order = Guid.CreateVersion7();
        await using var app = await RunningFlows.StartAsync();
        using var sent = await app.SendAsync(
            "/v1/traces", OrderFlow.Script(order, TimeProvider.System.GetUtcNow().AddMinutes(-2), isRetried: true));
        var flow = await app.GetAsync($"/api/flows/{order}", flow => flow["messages"]!.AsArray().Count == 6);

        var file = await app.Api.GetStringAsync($"/api/flows/{order}/otlp", TestContext.Current.CancellationToken);
        await using var other = await RunningFlows.StartAsync();
        using var content = new StringContent(file, Encoding.UTF8, "application/json");
        using var copied = await other.Otlp.PostAsync("/v1/traces", content, TestContext.Current.CancellationToken);
        copied.EnsureSuccessStatusCode();

        var copy = await other.GetAsync($"/api/flows/{order}", copy => copy["messages"]!.AsArray().Count == 6);
        Assert.True(JsonNode.DeepEquals(flow, copy), copy.ToJsonString());
    }

    [Fact]
    public async Task UnknownFlow_HasNoFile()
    {
        await using var app = await RunningFlows.StartAsync();

        using var answer = await app.Api.GetAsync("/api/flows/unknown/otlp", TestContext.Current.CancellationToken);

        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
    }
}
