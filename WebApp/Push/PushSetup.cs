using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.StackExchangeRedis;
using StackExchange.Redis;

namespace WebApp.Push;

public static class PushSetup
{
    // The largest call has the ids of PushHub.MostProducts products: 200 numbers of up to 11 characters.
    private const int MaxCallBytes = 8 * 1024;

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
        builder.Services.AddOptions<PushOptions>().BindConfiguration(PushOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddRateLimiter(limiter => limiter.AddPolicy<string, PushConnections>(PushConnections.Policy));
        builder.Services.AddSignalR(hub => hub.MaximumReceiveMessageSize = MaxCallBytes).AddStackExchangeRedis();
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

    /// <summary>Only WebSockets: other transports use many short requests, which a limit of connections does not count.</summary>
    public static void MapPush(this IEndpointRouteBuilder app) => app
        .MapHub<PushHub>("/live", hub => hub.Transports = HttpTransportType.WebSockets)
        .RequireRateLimiting(PushConnections.Policy);
}
