using Servers;

[assembly: AssemblyFixture(typeof(Embedded.Tests.Clients.ClientServers))]

namespace Embedded.Tests.Clients;

/// <summary>Real servers for the clients to connect to.</summary>
public sealed class ClientServers : IAsyncLifetime
{
    public ShopServers Servers { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Servers = await ShopServers.StartAsync(CancellationToken.None);

    public ValueTask DisposeAsync() => Servers.DisposeAsync();
}
