namespace Basket.Api.Checkouts;

/// <summary>Section <c>Checkout</c>.</summary>
public sealed class CheckoutOptions
{
    public const string SectionName = "Checkout";

    /// <summary>How long a repeat of a checkout gets the same answer. Default: 24 hours.</summary>
    public TimeSpan ReplyLifetime { get; set; } = TimeSpan.FromHours(24);
}
