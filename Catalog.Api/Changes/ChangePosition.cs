using System.Globalization;

namespace Catalog.Api.Changes;

/// <summary>Where a reader of the feed is: the transaction and, within it, the product. Opaque to clients.</summary>
public readonly record struct ChangePosition(ulong ChangedIn, int ProductId)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{ChangedIn}-{ProductId}");

    /// <summary>Nothing and 0 mean the beginning.</summary>
    public static bool TryParse(string? text, out ChangePosition position)
    {
        position = default;
        if (text is null or "" or "0")
        {
            return true;
        }

        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0
            || !ulong.TryParse(text.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var changedIn)
            || !int.TryParse(text.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var productId))
        {
            return false;
        }

        position = new ChangePosition(changedIn, productId);
        return true;
    }
}
