using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(Catalog.Api.Tests.Setup.SharedApp))]

// The tests share one catalog: no test may change what another one counts at that time.
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace Catalog.Api.Tests.Setup;

/// <summary>One running service for all tests that need no other settings. Each test creates its own products.</summary>
public sealed class SharedApp : IAsyncLifetime
{
    public ShopServers Servers { get; private set; } = null!;

    public CatalogApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Servers = await ShopServers.StartAsync(CancellationToken.None);
        App = await CatalogApp.StartAsync(Servers, [], CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Servers.DisposeAsync();
    }
}
