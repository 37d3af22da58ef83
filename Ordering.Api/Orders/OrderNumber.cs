using System.Globalization;

namespace Ordering.Api.Orders;

/// <summary>The number by which people name an order, such as SH-48213. Programs use the order's id.</summary>
internal static class OrderNumber
{
    /// <summary>The sequence in the database. It may leave gaps.</summary>
    public const string Sequence = "order_numbers";

    public const int First = 10_001;

    private const string Prefix = "SH";

    public static string Format(int number) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}-{number}");

    /// <summary>Reads a number as people write it: SH-48213, sh 48213, #48213 or 48213. Null for any other text.</summary>
    public static int? Parse(string? text)
    {
        var digits = (text ?? "").Trim().TrimStart('#');
        if (digits.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            digits = digits[Prefix.Length..].TrimStart(' ', '-', '–');
        }

        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
