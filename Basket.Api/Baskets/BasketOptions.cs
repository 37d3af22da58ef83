namespace Basket.Api.Baskets;

/// <summary>Section <c>Baskets</c>.</summary>
public sealed class BasketOptions
{
    public const string SectionName = "Baskets";

    /// <summary>How long a guest's basket is kept after its last change. A user's basket stays. Default: 30 days.</summary>
    public TimeSpan GuestLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// The most baskets that the guests of one client network may begin in an hour. A basket that was checked out does not count, and
    /// existing baskets are not affected. Default: 1000; 0 turns the limit off.
    /// </summary>
    public int NewGuestBasketsPerHour { get; set; } = 1000;
}
