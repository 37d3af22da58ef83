using Servers;

[assembly: AssemblyFixture(typeof(WebApp.Tests.Setup.TestServers))]

namespace WebApp.Tests.Setup;

/// <summary>PostgreSQL, RabbitMQ and Redis for all tests of this assembly.</summary>
public sealed class TestServers : IAsyncLifetime
{
    public ShopServers Servers { get; private set; } = null!;

    internal ShopPool Shops { get; } = new();

    public async ValueTask InitializeAsync() => Servers = await ShopServers.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Shops.DisposeAsync();
        await Servers.DisposeAsync();
    }
}
