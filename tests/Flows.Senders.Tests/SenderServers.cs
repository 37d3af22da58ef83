using Servers;

[assembly: AssemblyFixture(typeof(Flows.Senders.Tests.SenderServers))]

namespace Flows.Senders.Tests;

/// <summary>A real broker for the senders.</summary>
public sealed class SenderServers : IAsyncLifetime
{
    public ShopServers Shop { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Shop = await ShopServers.StartAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => Shop.DisposeAsync();
}
