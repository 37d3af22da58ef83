using Servers;

[assembly: AssemblyFixture(typeof(WebApp.Tests.Setup.TestServers))]

namespace WebApp.Tests.Setup;

/// <summary>PostgreSQL, RabbitMQ and Redis for all tests of this assembly.</summary>
public sealed class TestServers : IAsyncLifetime
{
    public ShopServers Servers { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Servers = await ShopServers.StartAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => Servers.DisposeAsync();
}
