using Servers;

namespace EventBus.Tests.Faults.Rig;

/// <summary>Servers that can be killed, because no other tests use them. They start when the first test needs them.</summary>
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
