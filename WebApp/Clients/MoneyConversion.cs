using Basket.Grpc;

namespace WebApp.Clients;

internal static class MoneyConversion
{
    private const decimal NanosPerUnit = 1_000_000_000m;

    private const string ShopCurrency = "EUR";

    public static decimal ToDecimal(this Money money) => money.Units + (money.Nanos / NanosPerUnit);

    public static Money ToMoney(this decimal amount) => new()
    {
        Units = (long)decimal.Truncate(amount),
        Nanos = (int)((amount - decimal.Truncate(amount)) * NanosPerUnit),
        Currency = ShopCurrency,
    };
}
