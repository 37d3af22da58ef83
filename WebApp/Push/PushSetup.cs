using Microsoft.AspNetCore.SignalR.StackExchangeRedis;
using StackExchange.Redis;

namespace WebApp.Push;

public static class PushSetup
{
    /// <summary>
    /// The hub of open pages. Redis carries each update to all replicas, because a page and the event it needs may be at different ones.
    /// </summary>
    public static void AddPush(this WebApplicationBuilder builder)
    {
        // Best effort: without the cache the shop starts and sells. Nothing is pushed then, and pages that wait for a change poll.
        builder.AddRedisClient("cache", settings => settings.DisableHealthChecks = true, options =>
        {
            (options.ConnectTimeout, options.ConnectRetry) = (1000, 1);
            options.BacklogPolicy = BacklogPolicy.FailFast;
        });
        builder.Services.AddSignalR().AddStackExchangeRedis();
        builder.Services.AddOptions<RedisOptions>()
            .Configure<IConnectionMultiplexer, IHostApplicationLifetime>((backplane, redis, lifetime) =>
        {
            // The backplane unsubscribes when it is disposed, and by then the tracing of its connection is disposed already.
            lifetime.ApplicationStopped.Register(() => redis.RegisterProfiler(() => null));
            backplane.Configuration.ChannelPrefix = RedisChannel.Literal("shop");
            backplane.ConnectionFactory = _ => Task.FromResult(redis);
        });
        builder.Services.AddSingleton<OrderTicket>();
        builder.Services.AddSingleton<PageUpdates>();
    }

    public static void MapPush(this IEndpointRouteBuilder app) => app.MapHub<PushHub>("/live");
}
