namespace WebApp.Storefront.Orders;

/// <summary>The pages of carriers that show where a parcel is.</summary>
public static class TrackingLink
{
    private static readonly Dictionary<string, string> Pages = new(StringComparer.OrdinalIgnoreCase)
    {
        ["DHL"] = "https://www.dhl.com/global-en/home/tracking.html?tracking-id=",
        ["DPD"] = "https://www.dpd.com/tracking/",
        ["FedEx"] = "https://www.fedex.com/fedextrack/?trknbr=",
        ["GLS"] = "https://gls-group.com/track/",
        ["UPS"] = "https://www.ups.com/track?tracknum=",
    };

    /// <summary>Offered in the back office; any other name can be entered, too.</summary>
    public static IEnumerable<string> Carriers => Pages.Keys;

    /// <summary>Null for a carrier whose page is not known, or without a number.</summary>
    public static string? Of(string carrier, string? trackingNumber) =>
        trackingNumber is { Length: > 0 } && Pages.TryGetValue(carrier, out var page)
            ? $"{page}{Uri.EscapeDataString(trackingNumber)}"
            : null;
}
