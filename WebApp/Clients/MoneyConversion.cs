using Basket.Grpc;

namespace WebApp.Clients;

internal static class MoneyConversion
{
    private const decimal NanosPerUnit = 1_000_000_000m;

    public static decimal ToDecimal(this Money money) => money.Units + (money.Nanos / NanosPerUnit);
}
