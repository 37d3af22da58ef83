using Basket.Api.Checkouts;

namespace Basket.Api.Baskets;

public static class BasketSetup
{
    /// <summary>The operations on baskets; REST and gRPC share them.</summary>
    public static void AddBaskets(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<BasketOptions>().BindConfiguration(BasketOptions.SectionName)
            .Validate(options => options.GuestLifetime > TimeSpan.Zero, "Baskets:GuestLifetime must be positive.")
            .ValidateOnStart();
        builder.Services.AddOptions<CheckoutOptions>().BindConfiguration(CheckoutOptions.SectionName)
            .Validate(
                options => options.OrdersUrl is { IsAbsoluteUri: true },
                "Checkout:OrdersUrl is not set. Give the address of Ordering.Api, for example as environment variable Checkout__OrdersUrl. " +
                "AppHost passes it by itself: dotnet run --project AppHost.")
            .Validate(options => options.ReplyLifetime > TimeSpan.Zero, "Checkout:ReplyLifetime must be positive.")
            .ValidateOnStart();

        builder.Services.AddSingleton<BasketStore>();
        builder.Services.AddSingleton<ViewBasket>();
        builder.Services.AddSingleton<SetQuantity>();
        builder.Services.AddSingleton<RemoveItem>();
        builder.Services.AddSingleton<ClearBasket>();
        builder.Services.AddSingleton<MergeBasket>();
        builder.Services.AddSingleton<CheckOut>();

        builder.Services.AddExceptionHandler<StoreUnavailable>();
        builder.Services.AddGrpc(grpc => grpc.Interceptors.Add<StoreUnavailable>());
    }

    /// <summary>gRPC-Web runs on the one HTTP/1.1 port that REST has too.</summary>
    public static void MapBasketsOverGrpcWeb(this WebApplication app)
    {
        app.UseGrpcWeb(new GrpcWebOptions { DefaultEnabled = true });
        app.MapGrpcService<BasketGrpcService>();
    }
}
