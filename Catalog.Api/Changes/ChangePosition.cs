using System.ComponentModel;
using System.Globalization;

namespace Catalog.Api.Changes;

/// <summary>The position of a reader in the feed: a transaction, and a product that it changed. Opaque to clients.</summary>
[Description("the 'next' of an earlier answer")]
public readonly record struct ChangePosition(ulong ChangedIn, int ProductId) : IParsable<ChangePosition>
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{ChangedIn}-{ProductId}");

    public static ChangePosition Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var position) ? position : throw new FormatException($"'{s}' is not a position of the feed.");

    /// <summary>Reads 746-2. Nothing and 0 are the beginning of the feed.</summary>
    public static bool TryParse(string? s, IFormatProvider? provider, out ChangePosition result)
    {
        result = default;
        if (s is null or "" or "0")
        {
            return true;
        }

        var dash = s.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0
            || !ulong.TryParse(s.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var changedIn)
            || !int.TryParse(s.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var productId))
        {
            return false;
        }

        result = new ChangePosition(changedIn, productId);
        return true;
    }
}
