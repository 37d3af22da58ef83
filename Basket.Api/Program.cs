using Basket.Api;
using Basket.Api.Baskets;
using Basket.Api.Checkouts;
using Basket.Api.Grpc;
using Basket.Api.Products;
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
builder.AddBasketMessages();
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
