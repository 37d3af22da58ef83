namespace WebApp.Clients;

public static class ShopCurrency
{
    public const string Code = "EUR";
}
