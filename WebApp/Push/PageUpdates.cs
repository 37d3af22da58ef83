using Microsoft.AspNetCore.SignalR;
using StackExchange.Redis;

namespace WebApp.Push;

/// <summary>
/// Tells open pages. Nothing depends on it, as a page can be closed at any time: while the cache, which carries it between replicas, is away,
/// it is left out, and no message waits for that.
/// </summary>
public sealed partial class PageUpdates(IHubContext<PushHub> hub, IConnectionMultiplexer cache, ILogger<PageUpdates> logger)
{
    /// <param name="group">Of <see cref="PushHub"/>.</param>
    /// <param name="message">Of <see cref="PushMessages"/>.</param>
    /// <param name="arguments">What wwwroot/js/live.js takes with it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task SendAsync(string group, string message, object?[] arguments, CancellationToken cancellationToken)
    {
        if (!cache.IsConnected)
        {
            LogLeftOut(message, group);
            return;
        }

        try
        {
            await hub.Clients.Group(group).SendCoreAsync(message, arguments, cancellationToken);
        }
        catch (Exception fault) when (fault is RedisException or RedisTimeoutException)
        {
            LogFailed(fault, message, group);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The cache is away: '{Message}' was not pushed to '{Group}'")]
    private partial void LogLeftOut(string message, string group);

    [LoggerMessage(Level = LogLevel.Debug, Message = "'{Message}' was not pushed to '{Group}'")]
    private partial void LogFailed(Exception fault, string message, string group);
}
