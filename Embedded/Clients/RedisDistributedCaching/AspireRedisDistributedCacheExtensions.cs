using Aspire.StackExchange.Redis;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.StackExchangeRedis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Microsoft.Extensions.Hosting;

/// <summary>
/// Gives an application a distributed cache in Redis. Mirrors <c>Microsoft.Extensions.Hosting.AspireRedisDistributedCacheExtensions</c>.
/// Settings, sections, health check and tracing are those of the Redis client it registers.
/// </summary>
public static class AspireRedisDistributedCacheExtensions
{
    /// <summary>
    /// Registers <see cref="IDistributedCache"/> and the client it uses. Mirrors <c>AspireRedisDistributedCacheExtensions.AddRedisDistributedCache</c>.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="connectionName">The name of the resource: <c>ConnectionStrings:{connectionName}</c> is its address.</param>
    /// <param name="configureSettings">Changes the client's settings after configuration was read.</param>
    /// <param name="configureOptions">Changes the client's options after their configuration was read.</param>
    public static void AddRedisDistributedCache(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<StackExchangeRedisSettings>? configureSettings = null,
        Action<ConfigurationOptions>? configureOptions = null) =>
        builder.AddRedisClientBuilder(connectionName, configureSettings, configureOptions).WithDistributedCache();

    /// <summary>
    /// Registers <see cref="IDistributedCache"/> over a client that is registered under a key; the cache itself has none. Mirrors
    /// <c>AspireRedisDistributedCacheExtensions.AddKeyedRedisDistributedCache</c>.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="name">The client's key and the name of the connection string.</param>
    /// <param name="configureSettings">Changes the client's settings after configuration was read.</param>
    /// <param name="configureOptions">Changes the client's options after their configuration was read.</param>
    public static void AddKeyedRedisDistributedCache(
        this IHostApplicationBuilder builder,
        string name,
        Action<StackExchangeRedisSettings>? configureSettings = null,
        Action<ConfigurationOptions>? configureOptions = null) =>
        builder.AddKeyedRedisClientBuilder(name, configureSettings, configureOptions).WithDistributedCache();

    /// <summary>
    /// Registers <see cref="IDistributedCache"/> over the client of this builder. Mirrors <c>AspireRedisDistributedCacheExtensions.WithDistributedCache</c>.
    /// </summary>
    /// <param name="builder">What the client's registration returned.</param>
    /// <param name="configureOptions">Changes the cache's options, such as the prefix of its keys.</param>
    public static AspireRedisClientBuilder WithDistributedCache(
        this AspireRedisClientBuilder builder, Action<RedisCacheOptions>? configureOptions = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.HostBuilder.Services.AddStackExchangeRedisCache(_ => { });
        builder.HostBuilder.Services.AddOptions<RedisCacheOptions>().Configure((RedisCacheOptions options, IServiceProvider provider) =>
        {
            UseClient(options, provider, builder.ServiceKey);
            configureOptions?.Invoke(options);
        });
        return builder;
    }

    /// <summary>
    /// Registers <see cref="IDistributedCache"/> under a key over the client of this builder. Mirrors
    /// <c>AspireRedisDistributedCacheExtensions.WithKeyedDistributedCache</c>.
    /// </summary>
    /// <param name="builder">What the client's registration returned.</param>
    /// <param name="name">The cache's key.</param>
    /// <param name="configureOptions">Changes the cache's options, such as the prefix of its keys.</param>
    public static AspireRedisClientBuilder WithKeyedDistributedCache(
        this AspireRedisClientBuilder builder, string name, Action<RedisCacheOptions>? configureOptions = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        builder.HostBuilder.Services.AddOptions<RedisCacheOptions>(name).Configure((RedisCacheOptions options, IServiceProvider provider) =>
        {
            UseClient(options, provider, builder.ServiceKey);
            configureOptions?.Invoke(options);
        });
        builder.HostBuilder.Services.AddKeyedSingleton<IDistributedCache>(name, (provider, _) =>
            new RedisCache(provider.GetRequiredService<IOptionsMonitor<RedisCacheOptions>>().Get(name)));
        return builder;
    }

    private static void UseClient(RedisCacheOptions options, IServiceProvider provider, string? serviceKey) =>
        options.ConnectionMultiplexerFactory = () => Task.FromResult(provider.GetRequiredKeyedService<IConnectionMultiplexer>(serviceKey));
}
