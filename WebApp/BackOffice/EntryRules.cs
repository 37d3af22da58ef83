using System.Globalization;
using System.Text.RegularExpressions;

namespace WebApp.BackOffice;

/// <summary>What administrators may type for amounts and stock.</summary>
internal static partial class EntryRules
{
    // A comma is the decimal separator in most countries of the shop's currency.
    public const string Price = @"\s*[0-9]{1,7}([.,][0-9]{1,2})?\s*";
    public const string PriceFault = "Enter an amount, like 19.90.";

    public const string Stock = @"\s*[0-9]{1,7}\s*";
    public const string StockFault = "Enter a whole number, 0 or more.";

    /// <summary>Null for anything that does not match <see cref="Price"/>.</summary>
    public static decimal? ReadPrice(string? text) => text is not null && Amount().IsMatch(text)
        ? decimal.Parse(text.Trim().Replace(',', '.'), CultureInfo.InvariantCulture)
        : null;

    [GeneratedRegex($"^{Price}$")]
    private static partial Regex Amount();
}
