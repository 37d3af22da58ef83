using System.Threading.RateLimiting;

namespace WebApp.Identity;

public static class IdentityRateLimit
{
    public const string Policy = "identity";

    private const string Setting = "Identity:RequestsPerMinute";
    private const int DefaultPerMinute = 120;

    /// <summary>
    /// A lower limit for registrations and tokens, because each costs the hash of a password; setting <c>Identity:RequestsPerMinute</c> per
    /// client address, default 120.
    /// </summary>
    public static void AddIdentityRateLimit(this WebApplicationBuilder builder)
    {
        var perMinute = builder.Configuration.GetValue(Setting, DefaultPerMinute);

        builder.Services.AddRateLimiter(limiter => limiter.AddPolicy(Policy, context => RateLimitPartition.GetFixedWindowLimiter(
            context.Connection.RemoteIpAddress?.ToString() ?? "",
            _ => new FixedWindowRateLimiterOptions { PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1) })));
    }
}
