using Aspire.StackExchange.Redis;
using Microsoft.AspNetCore.OutputCaching.StackExchangeRedis;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Microsoft.Extensions.Hosting;

/// <summary>
/// Keeps the output cache of a web application in Redis. Mirrors <c>Microsoft.Extensions.Hosting.AspireRedisOutputCacheExtensions</c>. Settings,
/// sections, health check and tracing are those of the Redis client it registers; the application still calls <c>UseOutputCache</c>.
/// </summary>
public static class AspireRedisOutputCacheExtensions
{
    /// <summary>
    /// Registers the output cache and the client it uses. Mirrors <c>AspireRedisOutputCacheExtensions.AddRedisOutputCache</c>.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="connectionName">The name of the resource: <c>ConnectionStrings:{connectionName}</c> is its address.</param>
    /// <param name="configureSettings">Changes the client's settings after configuration was read.</param>
    /// <param name="configureOptions">Changes the client's options after their configuration was read.</param>
    public static void AddRedisOutputCache(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<StackExchangeRedisSettings>? configureSettings = null,
        Action<ConfigurationOptions>? configureOptions = null) =>
        builder.AddRedisClientBuilder(connectionName, configureSettings, configureOptions).WithOutputCache();

    /// <summary>
    /// Registers the output cache over a client that is registered under a key. Mirrors <c>AspireRedisOutputCacheExtensions.AddKeyedRedisOutputCache</c>.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="name">The client's key and the name of the connection string.</param>
    /// <param name="configureSettings">Changes the client's settings after configuration was read.</param>
    /// <param name="configureOptions">Changes the client's options after their configuration was read.</param>
    public static void AddKeyedRedisOutputCache(
        this IHostApplicationBuilder builder,
        string name,
        Action<StackExchangeRedisSettings>? configureSettings = null,
        Action<ConfigurationOptions>? configureOptions = null) =>
        builder.AddKeyedRedisClientBuilder(name, configureSettings, configureOptions).WithOutputCache();

    /// <summary>Registers the output cache over the client of this builder. Mirrors <c>AspireRedisOutputCacheExtensions.WithOutputCache</c>.</summary>
    /// <param name="builder">What the client's registration returned.</param>
    public static AspireRedisClientBuilder WithOutputCache(this AspireRedisClientBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.HostBuilder.Services.AddStackExchangeRedisOutputCache(_ => { });
        builder.HostBuilder.Services.AddOptions<RedisOutputCacheOptions>().Configure((RedisOutputCacheOptions options, IServiceProvider provider) =>
            options.ConnectionMultiplexerFactory = () => Task.FromResult(provider.GetRequiredKeyedService<IConnectionMultiplexer>(builder.ServiceKey)));
        return builder;
    }
}
