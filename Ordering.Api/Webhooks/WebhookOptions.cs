using System.ComponentModel.DataAnnotations;

namespace Ordering.Api.Webhooks;

/// <summary>Section <c>Webhooks</c>.</summary>
public sealed class WebhookOptions
{
    public const string SectionName = "Webhooks";

    public const int LongestUrl = 2000;

    /// <summary>
    /// Allows subscribers on private, loopback and link-local addresses and without TLS, for tests and development. Default: false, because
    /// everyone who may register a webhook could send requests into the network of the shop.
    /// </summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>How long a subscriber may take to answer. Default: 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the service looks for due deliveries. Default: 1 second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often old deliveries are deleted. Default: 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan CleanupInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// The delays after the first, second, … failed attempt; after the last one the delivery has failed. Default: 5 s to 24 h.
    /// </summary>
    public IList<TimeSpan> RetryDelays { get; } = [];

    internal IReadOnlyList<TimeSpan> EffectiveRetryDelays => RetryDelays.Count > 0 ? [.. RetryDelays] : DefaultRetryDelays;

    private static readonly TimeSpan[] DefaultRetryDelays =
    [
        TimeSpan.FromSeconds(5),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(5),
        TimeSpan.FromHours(10),
        TimeSpan.FromHours(14),
        TimeSpan.FromHours(20),
        TimeSpan.FromHours(24),
    ];
}
