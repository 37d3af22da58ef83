using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Embedded.Tests.Clients;

public sealed class RedisClientTests(ClientServers servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Commands_UnderASpan_AreTracedBelowIt()
    {
        using var source = new ActivitySource("Embedded.Tests.Redis");
        using var recorder = new SpanRecorder("Embedded.Tests.Redis", "OpenTelemetry.Instrumentation.StackExchangeRedis");
        var builder = Hosts.Create(("ConnectionStrings:cache", servers.Servers.CreateRedisDatabase()));
        builder.AddRedisClient("cache");
        var parent = default(Activity);

        using (var host = builder.Build())
        {
            var database = host.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase();
            await database.StringSetAsync("outside", 1);

            using (parent = source.StartActivity("test")!)
            {
                await database.StringSetAsync("key", "value");
                await database.StringGetAsync("key");
            }
        }

        var spans = recorder.Of(parent.TraceId).Where(span => span != parent).ToList();
        Assert.Equal(["GET", "SET"], spans.Select(span => span.OperationName).Order());
        Assert.All(spans, span => Assert.Equal((parent.SpanId, "redis"), (span.ParentSpanId, (string?)span.GetTagItem("db.system.name"))));
        Assert.All(spans, span => Assert.InRange(span.StartTimeUtc, parent.StartTimeUtc, parent.StartTimeUtc + parent.Duration));
    }

    [Fact]
    public async Task Health_TellsOfAServerAndOfNone()
    {
        var builder = Hosts.Create(
            ("ConnectionStrings:cache", servers.Servers.CreateRedisDatabase()),
            ("ConnectionStrings:away", "127.0.0.1:1,connectTimeout=200,asyncTimeout=300"));
        builder.AddRedisClient("cache");
        builder.AddKeyedRedisClient("away");
        using var host = builder.Build();

        var health = await host.HealthAsync(Stop);

        Assert.Equal(HealthStatus.Healthy, health.Entries["StackExchange.Redis"].Status);
        Assert.Equal(HealthStatus.Unhealthy, health.Entries["StackExchange.Redis_away"].Status);
    }

    [Fact]
    public void Options_LaterSource_Wins()
    {
        var builder = Hosts.Create(
            ("Aspire:StackExchange:Redis:ConnectionString", "section:1"),
            ("Aspire:StackExchange:Redis:ConfigurationOptions:ConnectRetry", "7"),
            ("Aspire:StackExchange:Redis:ConfigurationOptions:ClientName", "all"),
            ("Aspire:StackExchange:Redis:cache:ConfigurationOptions:ClientName", "named"),
            ("ConnectionStrings:cache", "wins:6380,password=secret"));
        builder.AddRedisClient("cache", configureOptions: options => options.ConnectTimeout = 1234);
        using var host = builder.Build();

        var options = host.Services.GetRequiredService<IOptions<ConfigurationOptions>>().Value;

        Assert.Equal(("wins:6380", "secret", 7, "named", 1234),
            ($"{options.EndPoints.Single()}".Replace("Unspecified/", "", StringComparison.Ordinal), options.Password, options.ConnectRetry, options.ClientName, options.ConnectTimeout));
        Assert.False(options.AbortOnConnectFail);
    }

    [Fact]
    public void Settings_OffSwitches_LeaveOutHealthAndTracing()
    {
        var builder = Hosts.Create(("ConnectionStrings:cache", "localhost"));
        var client = builder.AddRedisClientBuilder("cache", settings => (settings.DisableHealthChecks, settings.DisableTracing) = (true, true));

        Assert.Empty(builder.HealthNames());
        Assert.DoesNotContain(builder.Services, service => service.ServiceType.Name == "RedisTracing");
        Assert.Equal(("localhost", null), (client.Settings.ConnectionString, client.ServiceKey));
    }

    [Fact]
    public void Connection_WithoutAddress_NamesTheSetting()
    {
        var builder = Hosts.Create();
        builder.AddRedisClient("cache");
        using var host = builder.Build();

        var fault = Assert.Throws<InvalidOperationException>(() => host.Services.GetRequiredService<IConnectionMultiplexer>());

        Assert.Contains("ConnectionStrings:cache", fault.Message, StringComparison.Ordinal);
    }
}
