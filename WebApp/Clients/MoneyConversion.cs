using Google.Type;

namespace WebApp.Clients;

internal static class MoneyConversion
{
    public static decimal ToDecimal(this Money money) => money.DecimalValue;

    public static Money ToMoney(this decimal amount) => new() { DecimalValue = amount, CurrencyCode = ShopCurrency.Code };
}
