namespace Basket.Api.Baskets;

/// <summary>Section <c>Baskets</c>.</summary>
public sealed class BasketOptions
{
    public const string SectionName = "Baskets";

    /// <summary>How long a guest's basket is kept after its last change. A user's basket stays. Default: 30 days.</summary>
    public TimeSpan GuestLifetime { get; set; } = TimeSpan.FromDays(30);
}
