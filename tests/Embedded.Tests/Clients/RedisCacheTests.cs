using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace Embedded.Tests.Clients;

public sealed class RedisCacheTests(ClientServers servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Address => servers.Servers.CreateRedisDatabase();

    [Fact]
    public async Task DistributedCache_OverAClient_KeepsItsEntriesInRedis()
    {
        var builder = Hosts.Create(("ConnectionStrings:cache", Address));
        builder.AddRedisDistributedCache("cache");
        using var host = builder.Build();

        await host.Services.GetRequiredService<IDistributedCache>().SetStringAsync("key", "value", Stop);

        Assert.True(await host.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase().KeyExistsAsync("key"));
        Assert.Equal(HealthStatus.Healthy, (await host.HealthAsync(Stop)).Entries["StackExchange.Redis"].Status);
    }

    [Fact]
    public async Task DistributedCache_OverAKeyedClient_UsesThatClient()
    {
        var builder = Hosts.Create(("ConnectionStrings:cache", Address));
        builder.AddKeyedRedisDistributedCache("cache", settings => settings.DisableTracing = true, options => options.ClientName = "cache");
        using var host = builder.Build();

        await host.Services.GetRequiredService<IDistributedCache>().SetStringAsync("key", "value", Stop);

        Assert.Null(host.Services.GetService<IConnectionMultiplexer>());
        Assert.True(await host.Services.GetRequiredKeyedService<IConnectionMultiplexer>("cache").GetDatabase().KeyExistsAsync("key"));
        Assert.Equal(["StackExchange.Redis_cache"], (await host.HealthAsync(Stop)).Entries.Keys);
    }

    [Fact]
    public async Task DistributedCache_TwoKeysOnOneClient_AreApartByTheirPrefix()
    {
        var builder = Hosts.Create(("ConnectionStrings:cache", Address));
        builder.AddRedisClientBuilder("cache")
            .WithDistributedCache(options => options.InstanceName = "main:")
            .WithKeyedDistributedCache("sessions", options => options.InstanceName = "sessions:");
        using var host = builder.Build();

        await host.Services.GetRequiredService<IDistributedCache>().SetStringAsync("key", "main", Stop);
        await host.Services.GetRequiredKeyedService<IDistributedCache>("sessions").SetStringAsync("key", "session", Stop);

        var database = host.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase();
        Assert.True(await database.KeyExistsAsync("main:key"));
        Assert.True(await database.KeyExistsAsync("sessions:key"));
    }

    [Fact]
    public async Task OutputCache_OverAClient_KeepsItsEntriesInRedis()
    {
        var builder = Hosts.Create(("ConnectionStrings:cache", Address));
        builder.AddRedisOutputCache("cache");
        using var host = builder.Build();

        await StoreAsync(host);

        Assert.NotEmpty(await KeysAsync(host.Services.GetRequiredService<IConnectionMultiplexer>()));
    }

    [Fact]
    public async Task OutputCache_OverAKeyedClient_UsesThatClient()
    {
        var builder = Hosts.Create(("ConnectionStrings:cache", Address));
        builder.AddKeyedRedisOutputCache("cache");
        using var host = builder.Build();

        await StoreAsync(host);

        Assert.NotEmpty(await KeysAsync(host.Services.GetRequiredKeyedService<IConnectionMultiplexer>("cache")));
    }

    [Fact]
    public void Caches_HealthOff_AddNoCheckOfTheirOwn()
    {
        var builder = Hosts.Create(("ConnectionStrings:cache", "localhost"), ("Aspire:StackExchange:Redis:cache:DisableHealthChecks", "true"));

        builder.AddRedisDistributedCache("cache");
        builder.AddRedisOutputCache("cache", settings => Assert.True(settings.DisableHealthChecks));

        Assert.Empty(builder.HealthNames());
    }

    private static async Task StoreAsync(IHost host)
    {
        var store = host.Services.GetRequiredService<IOutputCacheStore>();
        await store.SetAsync("page", "<p>page</p>"u8.ToArray(), tags: null, TimeSpan.FromMinutes(1), Stop);
        Assert.Equal("<p>page</p>"u8.ToArray(), await store.GetAsync("page", Stop));
    }

    private static async Task<List<RedisKey>> KeysAsync(IConnectionMultiplexer connection)
    {
        var keys = new List<RedisKey>();
        await foreach (var key in connection.GetServers()[0].KeysAsync(connection.GetDatabase().Database, "*page*"))
        {
            keys.Add(key);
        }

        return keys;
    }
}
