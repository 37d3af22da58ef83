using Basket.Api.Baskets;
using Basket.Api.Checkouts;
using Basket.Api.Grpc;
using Basket.Api.Products;
using Contracts.Basket;
using Contracts.Catalog;
using Contracts.Identity;
using ServiceDefaults;
using ServiceDefaults.Api;
using ServiceDefaults.Messaging.DeadLetters;
using ServiceDefaults.Tokens;
using StackExchange.Redis;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddTokenAuthentication();
builder.AddApiDefaults();
builder.Services.AddValidation();

// Shorter than the storefront's own time-out, or each of its pages would wait that long while Redis is down. A restarted Redis knows
// Basket's account a moment after it answers, so Basket tries again soon.
builder.AddRedisClient("basketstore", configureOptions: options =>
{
    (options.AsyncTimeout, options.SyncTimeout) = (1500, 1500);
    options.ReconnectRetryPolicy = new LinearRetry(500);
});
builder.Services.AddStoreOutage<RedisException>();
builder.AddEventBusDefaults().UseRedis()
    .Publishes<BasketCheckedOut>(e => $"{e.BuyerId}", requiredBy: ["ordering-api"], correlationId: e => e.OrderId)
    .Subscribe<ProductChanged, KeepProduct>(inBatches: true)
    .Subscribe<PriceChanged, Reprice>(inBatches: true)
    .Subscribe<StockLevelChanged, AdjustStock>(inBatches: true)
    .Subscribe<ProductDiscontinued, TakeOffSale>(inBatches: true)
    .Subscribe<GuestAdopted, MergeGuestBasket>()
    .Subscribe<UserDeleted, ForgetBasket>();
builder.AddProducts();
builder.AddBaskets();
builder.AddCheckouts();
builder.AddBasketGrpc();

var app = builder.Build();

app.MapApiDefaults();
app.MapBaskets();
app.MapCheckouts();
app.MapBasketGrpc();
app.MapDeadLetters();

app.Run();
