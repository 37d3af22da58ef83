using System.ComponentModel.DataAnnotations;

namespace ServiceDefaults.Api;

/// <summary>
/// The limit of one caller; section <c>RateLimits</c>. A caller is an account, or, for guests and requests without a token, the client's
/// address: a new guest token costs nothing, so it must not come with a new limit.
/// </summary>
public sealed class RateLimitOptions
{
    public const string SectionName = "RateLimits";

    /// <summary>The sustained number of requests per second. Default: 1000; 0 turns rate limits off.</summary>
    [Range(0, int.MaxValue)]
    public int RequestsPerSecond { get; set; } = 1000;

    /// <summary>The number of requests that a caller may send at once after a pause. Default: 2000.</summary>
    [Range(1, int.MaxValue)]
    public int Burst { get; set; } = 2000;
}
