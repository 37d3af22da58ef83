using System.Globalization;

namespace Ordering.Api.Orders;

internal static class MoneyText
{
    private const string Euro = "EUR";

    /// <summary>An amount for people: €1,299.00.</summary>
    public static string Format(decimal amount, string currency) => string.Create(
        CultureInfo.InvariantCulture, $"{(currency is Euro ? "€" : $"{currency} ")}{amount:#,##0.00}");
}
