using System.Threading.RateLimiting;
using ServiceDefaults.Api;

namespace WebApp.Identity;

public static class IdentityRateLimit
{
    public const string Policy = "identity";

    private const string Setting = "Identity:RequestsPerMinute";
    private const int DefaultPerMinute = 120;

    /// <summary>
    /// A lower limit for registrations, sign-ins and tokens, because each costs the hash of a password; setting
    /// <c>Identity:RequestsPerMinute</c> per client network, default 120. Showing the forms does not count.
    /// </summary>
    public static void AddIdentityRateLimit(this WebApplicationBuilder builder)
    {
        var perMinute = builder.Configuration.GetValue(Setting, DefaultPerMinute);

        builder.Services.AddRateLimiter(limiter => limiter.AddPolicy(Policy, context => HttpMethods.IsPost(context.Request.Method)
            ? RateLimitPartition.GetFixedWindowLimiter(
                ClientNetwork.Of(context),
                _ => new FixedWindowRateLimiterOptions { PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1) })
            : RateLimitPartition.GetNoLimiter("")));
    }
}
