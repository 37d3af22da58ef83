using Contracts.Catalog;
using Contracts.Identity;
using Contracts.Ordering;
using Microsoft.AspNetCore.SignalR.StackExchangeRedis;
using StackExchange.Redis;
using WebApp.Identity;

namespace WebApp.Live;

public static class LiveSetup
{
    /// <summary>What this service hears from the others, and the way it takes to the browsers: any replica's events reach every replica's visitors.</summary>
    public static void AddLive(this WebApplicationBuilder builder)
    {
        // The shop sells, and starts, without its cache; it only cannot push, and pages that wait for something ask by themselves.
        builder.AddRedisClient("cache", settings => settings.DisableHealthChecks = true, options =>
        {
            (options.ConnectTimeout, options.ConnectRetry) = (1000, 1);
            options.BacklogPolicy = BacklogPolicy.FailFast;
        });
        builder.Services.AddSignalR().AddStackExchangeRedis();
        builder.Services.AddOptions<RedisOptions>().Configure<IConnectionMultiplexer, IHostApplicationLifetime>((backplane, redis, lifetime) =>
        {
            // The backplane unsubscribes when it is disposed of, which is after the tracing of its connection.
            lifetime.ApplicationStopped.Register(() => redis.RegisterProfiler(() => null));
            backplane.Configuration.ChannelPrefix = RedisChannel.Literal("shop");
            backplane.ConnectionFactory = _ => Task.FromResult(redis);
        });
        builder.Services.AddSingleton<OrderTicket>();
        builder.Services.AddSingleton<LivePush>();

        builder.AddEventBus("messaging")
            .UsePostgres<IdentityContext>()
            .Publishes<UserRegistered>(registered => $"{registered.UserId}", awaitedBy: ["ordering-api", "basket-api"])
            .Subscribe<PriceChanged, PushPrice>()
            .Subscribe<StockLevelChanged, PushStock>()
            .Subscribe<ProductDiscontinued, PushStock>()
            .Subscribe<OrderPlaced, PushOrderStep>()
            .Subscribe<OrderStockReserved, PushOrderStep>()
            .Subscribe<OrderPaid, PushOrderStep>()
            .Subscribe<OrderShipped, PushOrderStep>()
            .Subscribe<OrderCancelled, PushOrderStep>();
    }

    public static void MapLive(this IEndpointRouteBuilder app) => app.MapHub<LiveHub>("/live");
}
