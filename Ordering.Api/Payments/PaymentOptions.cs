using System.ComponentModel.DataAnnotations;

namespace Ordering.Api.Payments;

/// <summary>Section <c>Payments</c>.</summary>
public sealed class PaymentOptions
{
    public const string SectionName = "Payments";

    /// <summary>The delay before an unavailable provider is called again; doubled each time. Default: 1 second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan FirstRetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest delay between two calls. Default: 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan LongestRetryDelay { get; set; } = TimeSpan.FromSeconds(30);

    public TimeSpan DelayAfter(int attempts) =>
        TimeSpan.FromTicks((long)Math.Min(LongestRetryDelay.Ticks, FirstRetryDelay.Ticks * Math.Pow(2, attempts - 1)));
}
