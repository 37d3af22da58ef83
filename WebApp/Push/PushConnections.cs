using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using ServiceDefaults.Api;

namespace WebApp.Push;

/// <summary>Limits the open connections of one client network: the request of a WebSocket lasts as long as its connection.</summary>
public sealed class PushConnections(IOptions<PushOptions> options) : IRateLimiterPolicy<string>
{
    public const string Policy = "push";

    private readonly int _limit = options.Value.ConnectionsPerNetwork;

    public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected => null;

    public RateLimitPartition<string> GetPartition(HttpContext httpContext) => RateLimitPartition.GetConcurrencyLimiter(
        ClientNetwork.Of(httpContext), _ => new ConcurrencyLimiterOptions { PermitLimit = _limit, QueueLimit = 0 });
}
