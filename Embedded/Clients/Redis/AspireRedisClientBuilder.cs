using Microsoft.Extensions.Hosting;

namespace Aspire.StackExchange.Redis;

/// <summary>
/// What an extension needs to build on a registered Redis client (caches, for example). Mirrors
/// <c>Aspire.StackExchange.Redis.AspireRedisClientBuilder</c>.
/// </summary>
/// <param name="hostBuilder">The host.</param>
/// <param name="settings">The settings after configuration was read.</param>
/// <param name="serviceKey">The key of the registered connection; null when it has none.</param>
public sealed class AspireRedisClientBuilder(IHostApplicationBuilder hostBuilder, StackExchangeRedisSettings settings, string? serviceKey)
{
    /// <summary>The host.</summary>
    public IHostApplicationBuilder HostBuilder { get; } = hostBuilder ?? throw new ArgumentNullException(nameof(hostBuilder));

    /// <summary>The settings after configuration was read.</summary>
    public StackExchangeRedisSettings Settings { get; } = settings;

    /// <summary>The key of the registered connection; null when it has none.</summary>
    public string? ServiceKey { get; } = serviceKey;
}
