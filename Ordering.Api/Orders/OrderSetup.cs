namespace Ordering.Api.Orders;

internal static class OrderSetup
{
    public static void AddOrders(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<OrderTimeoutOptions>().BindConfiguration(OrderTimeoutOptions.SectionName)
            .ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<OrderAudit>();
        builder.Services.AddScoped<OrderGuesses>();
    }
}
