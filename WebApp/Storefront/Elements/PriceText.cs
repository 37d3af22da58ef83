using System.Globalization;
using WebApp.Clients;

namespace WebApp.Storefront.Elements;

public static class PriceText
{
    /// <summary>An amount for people: €1,299.00.</summary>
    public static string Format(decimal amount, string currency = ShopCurrency.Code)
    {
        var digits = Math.Abs(amount).ToString("#,##0.00", CultureInfo.InvariantCulture);
        return $"{(amount < 0 ? "−" : "")}{(currency is ShopCurrency.Code ? "€" : $"{currency} ")}{digits}";
    }

    /// <summary>An amount for form fields and scripts: 1299.00.</summary>
    public static string Plain(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);
}
