namespace WebApp.BackOffice;

/// <summary>The events that a webhook can get, with the words of the back office for them.</summary>
public static class WebhookEventTypes
{
    public static readonly IReadOnlyList<(string Type, string Text)> All =
    [
        ("ordering.order-placed", "placed"),
        ("ordering.order-stock-reserved", "reserved"),
        ("ordering.order-paid", "paid"),
        ("ordering.order-shipped", "shipped"),
        ("ordering.order-refunded", "refunded"),
        ("ordering.order-cancelled", "cancelled"),
    ];

    /// <summary>The type itself if Ordering.Api has one that this page does not know.</summary>
    public static string TextOf(string type) => All.FirstOrDefault(known => known.Type == type).Text ?? type;
}
