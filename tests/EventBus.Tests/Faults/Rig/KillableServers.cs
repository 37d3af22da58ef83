using Servers;

namespace EventBus.Tests.Faults.Rig;

/// <summary>Servers that nobody else uses, so that they can be killed. They start when the first test asks for them.</summary>
public sealed class KillableServers : IAsyncDisposable
{
    private readonly Lazy<Task<ShopServers>> _servers = new(() => ShopServers.StartAsync(CancellationToken.None));

    public Task<ShopServers> Servers => _servers.Value;

    public async ValueTask DisposeAsync()
    {
        if (_servers.IsValueCreated)
        {
            await (await _servers.Value).DisposeAsync();
        }
    }
}
