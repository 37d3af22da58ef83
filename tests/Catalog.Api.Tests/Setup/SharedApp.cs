using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(Catalog.Api.Tests.Setup.SharedApp))]

// The tests share one catalog: what one counts, another must not change meanwhile.
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace Catalog.Api.Tests.Setup;

/// <summary>One running service for all tests that are content with products of their own.</summary>
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
