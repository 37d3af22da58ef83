
[assembly: AssemblyFixture(typeof(Ordering.Api.Tests.SharedServers))]
[assembly: AssemblyFixture(typeof(Ordering.Api.Tests.SharedOrdering))]

namespace Ordering.Api.Tests;

/// <summary>PostgreSQL and RabbitMQ, started once for these tests.</summary>
public sealed class SharedServers : IAsyncLifetime
{
    private static readonly SemaphoreSlim Starting = new(1);
    private static ShopServers? _servers;

    public static async Task<ShopServers> GetAsync(CancellationToken cancellationToken)
    {
        await Starting.WaitAsync(cancellationToken);
        try
        {
            return _servers ??= await ShopServers.StartAsync(cancellationToken);
        }
        finally
        {
            Starting.Release();
        }
    }

    public async ValueTask InitializeAsync() => await GetAsync(CancellationToken.None);

    public ValueTask DisposeAsync() => _servers?.DisposeAsync() ?? ValueTask.CompletedTask;
}
