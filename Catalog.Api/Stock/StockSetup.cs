namespace Catalog.Api.Stock;

internal static class StockSetup
{
    public static void AddStock(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHostedService<ExpireHolds>();
        builder.Services.AddHostedService<ForgetClosedHolds>();
    }
}
