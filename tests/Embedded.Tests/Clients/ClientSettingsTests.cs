using Aspire.Npgsql;
using Aspire.Npgsql.EntityFrameworkCore.PostgreSQL;
using Aspire.RabbitMQ.Client;
using Aspire.StackExchange.Redis;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Npgsql;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using RabbitMQ.Client;

namespace Embedded.Tests.Clients;

/// <summary>What each client's delegate finds in its settings, and what becomes of what it changes there.</summary>
public sealed class ClientSettingsTests
{
    private const string Nowhere = "amqp://guest:guest@127.0.0.1:1";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void RabbitMQ_Delegate_HasTheLastWord()
    {
        var builder = Hosts.Create(("ConnectionStrings:messaging", "amqp://configured"), ("Aspire:RabbitMQ:Client:DisableTracing", "true"));
        builder.AddRabbitMQClient("messaging", settings =>
        {
            Assert.Equal(("amqp://configured", true, false), (settings.ConnectionString, settings.DisableTracing, settings.DisableHealthChecks));
            (settings.ConnectionString, settings.DisableTracing, settings.DisableHealthChecks) = ("amqp://delegate", true, true);
        });
        using var host = builder.Build();

        Assert.Equal("delegate", host.Services.GetRequiredService<IConnectionFactory>().Uri.Host);
        Assert.Null(host.Services.GetService<HealthCheckService>());
        Assert.Null(host.Services.GetService<TracerProvider>());
        var usual = new RabbitMQClientSettings();
        Assert.Equal((null, 5, false, false, true), (
            usual.ConnectionString, usual.MaxConnectRetryCount, usual.DisableHealthChecks, usual.DisableTracing, usual.DisableAutoActivation));
    }

    [Fact]
    public async Task RabbitMQ_AutoActivation_ConnectsWhenTheHostStarts()
    {
        using var eager = Build(disableAutoActivation: false);
        using var lazy = Build(disableAutoActivation: true);

        await Assert.ThrowsAnyAsync<Exception>(() => eager.StartAsync(Stop));
        await lazy.StartAsync(Stop);

        static IHost Build(bool disableAutoActivation)
        {
            var builder = Hosts.Create(("ConnectionStrings:messaging", Nowhere));
            builder.AddRabbitMQClient(
                "messaging", settings => (settings.MaxConnectRetryCount, settings.DisableAutoActivation) = (0, disableAutoActivation));
            return builder.Build();
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Redis_AutoActivation_ConnectsWhenTheHostStarts(bool disableAutoActivation)
    {
        var isRead = false;
        var builder = Hosts.Create(("ConnectionStrings:cache", "configured:1"));
        var client = builder.AddKeyedRedisClientBuilder(
            "cache",
            settings =>
            {
                Assert.Equal(("configured:1", true, false), (settings.ConnectionString, settings.DisableAutoActivation, settings.DisableTracing));
                (settings.ConnectionString, settings.DisableAutoActivation) = ("127.0.0.1:1,connectTimeout=50", disableAutoActivation);
            },
            _ => isRead = true);
        using var host = builder.Build();

        await host.StartAsync(Stop);

        Assert.Equal(!disableAutoActivation, isRead);
        Assert.Equal((builder, "cache"), (client.HostBuilder, client.ServiceKey));
        Assert.Equal("127.0.0.1:1,connectTimeout=50", client.Settings.ConnectionString);
    }

    [Fact]
    public void Redis_BuilderMadeByHand_IsWhatCachesBuildOn()
    {
        var builder = Hosts.Create(("ConnectionStrings:cache", "localhost"));
        builder.AddRedisClient("cache");

        new AspireRedisClientBuilder(builder, new StackExchangeRedisSettings(), serviceKey: null).WithOutputCache();

        Assert.Contains(builder.Services, service => service.ServiceType == typeof(Microsoft.AspNetCore.OutputCaching.IOutputCacheStore));
        Assert.Throws<ArgumentNullException>(() => new AspireRedisClientBuilder(null!, new StackExchangeRedisSettings(), serviceKey: null));
        var usual = new StackExchangeRedisSettings();
        Assert.Equal((null, false, false, true), (usual.ConnectionString, usual.DisableHealthChecks, usual.DisableTracing, usual.DisableAutoActivation));
    }

    [Fact]
    public void NpgsqlDataSource_Delegate_HasTheLastWord()
    {
        var builder = Hosts.Create(("ConnectionStrings:things", "Host=configured"));
        builder.AddNpgsqlDataSource(
            "things", settings => (settings.ConnectionString, settings.DisableTracing, settings.DisableMetrics) = ("Host=delegate", true, true));
        using var host = builder.Build();

        Assert.Equal("Host=delegate", host.Services.GetRequiredService<NpgsqlDataSource>().ConnectionString);
        Assert.Null(host.Services.GetService<TracerProvider>());
        Assert.Null(host.Services.GetService<MeterProvider>());
        var usual = new NpgsqlSettings();
        Assert.Equal((null, false, false, false), (usual.ConnectionString, usual.DisableHealthChecks, usual.DisableTracing, usual.DisableMetrics));
    }

    [Fact]
    public void NpgsqlDbContext_Delegate_HasTheLastWord()
    {
        var builder = Hosts.Create(
            ("ConnectionStrings:things", "Host=configured"), ("Aspire:Npgsql:EntityFrameworkCore:PostgreSQL:CommandTimeout", "3"));
        builder.AddNpgsqlDbContext<ThingsContext>("things", settings =>
        {
            Assert.Equal(("Host=configured", 3, false), (settings.ConnectionString, settings.CommandTimeout, settings.DisableRetry));
            (settings.ConnectionString, settings.DisableTracing, settings.DisableMetrics) = ("Host=delegate", true, true);
        });
        using var host = builder.Build();
        using var scope = host.Services.CreateScope();

        Assert.Equal("Host=delegate", scope.ServiceProvider.GetRequiredService<ThingsContext>().Database.GetConnectionString());
        Assert.Null(host.Services.GetService<TracerProvider>());
        Assert.Null(host.Services.GetService<MeterProvider>());
        var usual = new NpgsqlEntityFrameworkCorePostgreSQLSettings();
        Assert.Equal((null, null, false), (usual.ConnectionString, usual.CommandTimeout, usual.DisableRetry));
        Assert.Equal((false, false, false), (usual.DisableHealthChecks, usual.DisableTracing, usual.DisableMetrics));
    }

    private sealed class ThingsContext(DbContextOptions<ThingsContext> options) : DbContext(options);
}
