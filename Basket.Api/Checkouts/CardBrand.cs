using System.Globalization;

namespace Basket.Api.Checkouts;

/// <summary>The brand of a payment card, by the first digits of its number, which ISO/IEC 7812 assigns to issuers.</summary>
public static class CardBrand
{
    private static readonly (string Brand, int From, int To)[] Prefixes =
    [
        ("Visa", 4, 4),
        ("Mastercard", 51, 55), ("Mastercard", 2221, 2720),
        ("American Express", 34, 34), ("American Express", 37, 37),
        ("Discover", 6011, 6011), ("Discover", 644, 649), ("Discover", 65, 65),
        ("Diners Club", 300, 305), ("Diners Club", 36, 36), ("Diners Club", 38, 39),
        ("JCB", 3528, 3589),
        ("UnionPay", 62, 62),
        ("Maestro", 50, 50), ("Maestro", 56, 59), ("Maestro", 6304, 6304), ("Maestro", 67, 67),
    ];

    /// <param name="number">The digits of <see cref="CardNumber.Parse"/>.</param>
    /// <returns>Null when the number shows no brand that the shop knows.</returns>
    public static string? Of(string number) => Prefixes.FirstOrDefault(prefix => Begins(number, prefix.From, prefix.To)).Brand;

    private static bool Begins(string number, int from, int to)
    {
        var length = from.ToString(CultureInfo.InvariantCulture).Length;
        return int.Parse(number[..length], CultureInfo.InvariantCulture) is var prefix && prefix >= from && prefix <= to;
    }
}
