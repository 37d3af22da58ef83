namespace Basket.Api.Baskets;

public static class BasketSetup
{
    /// <summary>The operations on baskets; REST and gRPC share them.</summary>
    public static void AddBaskets(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<BasketOptions>().BindConfiguration(BasketOptions.SectionName)
            .Validate(options => options.GuestLifetime > TimeSpan.Zero, "Baskets:GuestLifetime must be positive.")
            .Validate(options => options.NewGuestBasketsPerHour >= 0, "Baskets:NewGuestBasketsPerHour must be 0 (no limit) or more.")
            .ValidateOnStart();

        builder.Services.AddSingleton<BasketStore>();
        builder.Services.AddSingleton<GuestBaskets>();
        builder.Services.AddSingleton<ViewBasket>();
        builder.Services.AddSingleton<AddItem>();
        builder.Services.AddSingleton<SetQuantity>();
        builder.Services.AddSingleton<RemoveItem>();
        builder.Services.AddSingleton<ClearBasket>();
        builder.Services.AddSingleton<MergeBasket>();
    }
}
