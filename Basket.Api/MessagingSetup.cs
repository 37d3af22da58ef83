using Basket.Api.Baskets;
using Basket.Api.Products;
using Contracts.Basket;
using Contracts.Catalog;
using Contracts.Identity;

namespace Basket.Api;

internal static class MessagingSetup
{
    /// <summary>Everything that this service publishes and handles.</summary>
    public static void AddBasketMessages(this IHostApplicationBuilder builder) =>
        builder.AddEventBusDefaults().UseRedis()
            .Publishes<BasketCheckedOut>(e => $"{e.BuyerId}", requiredBy: ["ordering-api"], correlationId: e => e.OrderId)
            .Subscribe<ProductChanged, KeepProduct>(inBatches: true)
            .Subscribe<PriceChanged, Reprice>(inBatches: true)
            .Subscribe<StockLevelChanged, AdjustStock>(inBatches: true)
            .Subscribe<ProductDiscontinued, TakeOffSale>(inBatches: true)
            .Subscribe<GuestAdopted, MergeGuestBasket>()
            .Subscribe<UserDeleted, ForgetBasket>();
}
