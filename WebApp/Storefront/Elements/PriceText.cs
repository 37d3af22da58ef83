using System.Globalization;

namespace WebApp.Storefront.Elements;

public static class PriceText
{
    /// <summary>An amount as people read it: €1,299.00.</summary>
    public static string Format(decimal amount, string currency = "EUR")
    {
        var digits = Math.Abs(amount).ToString("#,##0.00", CultureInfo.InvariantCulture);
        return $"{(amount < 0 ? "−" : "")}{(currency is "EUR" ? "€" : $"{currency} ")}{digits}";
    }

    /// <summary>An amount as a form field and a script read it.</summary>
    public static string Plain(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);
}
