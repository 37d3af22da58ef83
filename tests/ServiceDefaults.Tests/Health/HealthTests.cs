using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ServiceDefaults.Tests.Api;

namespace ServiceDefaults.Tests.Health;

public sealed class HealthTests
{
    [Fact]
    public async Task Check_ThatNeverAnswers_IsUnhealthyWithinThreeSeconds()
    {
        await using var api = await TestApi.StartAsync(
            _ => { },
            builder => builder.Services.AddHealthChecks()
                .AddAsyncCheck("deaf", () => new TaskCompletionSource<HealthCheckResult>().Task)
                .AddAsyncCheck("fine", () => Task.FromResult(HealthCheckResult.Healthy())));
        var started = Stopwatch.GetTimestamp();

        using var health = await api.SendAsync(HttpMethod.Get, "/health");

        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(3));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        var checks = (await health.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!["checks"]!;
        Assert.Equal(("Unhealthy", "Healthy"), ((string?)checks["deaf"]!["status"], (string?)checks["fine"]!["status"]));
        using var alive = await api.SendAsync(HttpMethod.Get, "/alive");
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }
}
