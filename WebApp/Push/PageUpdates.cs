using Microsoft.AspNetCore.SignalR;
using StackExchange.Redis;

namespace WebApp.Push;

/// <summary>
/// Sends updates to open pages. Best effort: while Redis, which carries them between replicas, is down, updates are dropped. Message
/// handling never waits for them.
/// </summary>
public sealed partial class PageUpdates(IHubContext<PushHub> hub, IConnectionMultiplexer cache, ILogger<PageUpdates> logger)
{
    /// <param name="group">A group of <see cref="PushHub"/>.</param>
    /// <param name="message">One of <see cref="PushMessages"/>.</param>
    /// <param name="arguments">The arguments of its handler in wwwroot/js/live.js.</param>
    /// <param name="cancellationToken">Cancels the sending.</param>
    public async Task SendAsync(string group, string message, object?[] arguments, CancellationToken cancellationToken)
    {
        if (!cache.IsConnected)
        {
            LogDropped(message, group);
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
}
