namespace Aspire.StackExchange.Redis;

/// <summary>
/// How to connect to Redis. Bound from <c>Aspire:StackExchange:Redis</c>, then <c>Aspire:StackExchange:Redis:{connectionName}</c>;
/// <c>ConnectionStrings:{connectionName}</c> wins over both. Mirrors <c>Aspire.StackExchange.Redis.StackExchangeRedisSettings</c>.
/// </summary>
public sealed class StackExchangeRedisSettings
{
    /// <summary>Addresses and options in StackExchange.Redis' form, as in <c>localhost:6379,password=…</c>.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Leaves out the health check. Default: false.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Leaves out spans of Redis commands. Default: false.</summary>
    public bool DisableTracing { get; set; }

    /// <summary>Connects when the connection is first asked for, not at start. Default: true.</summary>
    public bool DisableAutoActivation { get; set; } = true;
}
