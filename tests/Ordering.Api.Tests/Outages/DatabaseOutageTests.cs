using System.Diagnostics;
using System.Net;
using EventBus.Testing;
using Microsoft.Extensions.Logging;

namespace Ordering.Api.Tests.Outages;

public sealed class DatabaseOutageTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryRequest_WhileTheServerRefusesConnections_IsAnswered503WithinThreeSeconds()
    {
        var servers = await SharedServers.GetAsync(Stop);
        var (gate, database) = Gate.Before(await servers.CreateDatabaseAsync(Stop));
        using var open = gate;
        var telemetry = new CapturedTelemetry();
        await using var app = await OrderingApp.StartAsync(database, new InMemoryBroker(), Stop, telemetry.AddTo);
        using var http = app.AsAdmin();
        using var before = await http.GetAsync("api/orders", Stop);
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);

        gate.Close();

        await UnavailableAsync(http, HttpMethod.Get, "api/orders");
        await UnavailableAsync(http, HttpMethod.Post, $"api/orders/{Guid.NewGuid()}/cancel");
        await UnavailableAsync(http, HttpMethod.Get, "api/webhooks");
        await UnavailableAsync(http, HttpMethod.Get, "health");

        // A line for each request, not a stack for each attempt to connect.
        Assert.Equal(3, telemetry.Lines.Count(line => line.Category.EndsWith("StoreOutageHandler", StringComparison.Ordinal)));
        Assert.DoesNotContain(telemetry.Lines, line =>
            line.Level > LogLevel.Information && line.Category.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal));

        gate.Open();
        using var after = await http.GetAsync("api/orders", Stop);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    private static async Task UnavailableAsync(HttpClient http, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        var started = Stopwatch.GetTimestamp();
        using var response = await http.SendAsync(request, Stop);

        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(3));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
    }
}
