
[assembly: AssemblyFixture(typeof(Basket.Api.Tests.Http.SharedApp))]

namespace Basket.Api.Tests.Http;

/// <summary>One running service for all tests that need no state of their own: each has its own buyers and products.</summary>
public sealed class SharedApp : IAsyncLifetime
{
    public ShopServers Servers { get; private set; } = null!;

    public BasketApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Servers = await ShopServers.StartAsync(CancellationToken.None);
        App = await BasketApp.StartAsync(Servers, await FakeCatalog.StartAsync(CancellationToken.None), CancellationToken.None);
        await App.IsReadyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Servers.DisposeAsync();
    }
}
