using Basket.Api.Baskets;
using Basket.Api.Products;
using Contracts.Basket;
using Contracts.Catalog;
using Contracts.Identity;
using ServiceDefaults;
using ServiceDefaults.Api;
using ServiceDefaults.Tokens;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddTokenAuthentication();
builder.AddApiDefaults();

// Sooner than the storefront gives up on an answer, or every one of its pages would wait as long as it may.
builder.AddRedisClient("basketstore", configureOptions: options => (options.AsyncTimeout, options.SyncTimeout) = (1500, 1500));
builder.AddEventBus("messaging").UseRedis()
    .Publishes<BasketCheckedOut>(e => $"{e.OrderId}", awaitedBy: ["ordering-api"])
    .Sends<RepublishProducts>(e => e.RequestedBy)
    .Subscribe<ProductChanged, KeepProduct>()
    .Subscribe<PriceChanged, Reprice>()
    .Subscribe<StockLevelChanged, AdjustStock>()
    .Subscribe<ProductDiscontinued, TakeOffSale>()
    .Subscribe<ProductsRepublished, ExpectProducts>()
    .Subscribe<UserRegistered, MergeGuestBasket>();
builder.AddProducts();
builder.AddBaskets();

var app = builder.Build();

app.MapApiDefaults();
app.MapBaskets();
app.MapBasketsOverGrpcWeb();

app.Run();
