using EventBus.Tests.Faults.Rig;
using ShopServers = Servers.ShopServers;

namespace EventBus.Tests.Faults;

/// <summary>
/// The rows of the matrix that kill servers or take longer than anybody wants to wait for each time; docs/eventbus.md says how to run them.
/// Written once, and closed once for each store.
/// </summary>
[Trait("Category", "Faults")]
public abstract partial class LongFaultMatrix(KillableServers killable)
{
    private const int Orders = 12;
    private const int Steps = 5;

    // The broker gives a silent client up after two heartbeats of 15 s.
    private static readonly TimeSpan LongerThanHeartbeats = TimeSpan.FromSeconds(40);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected abstract Task<ILedgerStore> CreateStoreAsync(ShopServers servers);

    private async Task<FaultedShop> OpenAsync() => await FaultedShop.OpenAsync(await killable.Servers, CreateStoreAsync);
}

[Collection(nameof(ServersToKill))]
public sealed class LongFaultMatrixOnPostgres(KillableServers killable) : LongFaultMatrix(killable)
{
    private protected override Task<ILedgerStore> CreateStoreAsync(ShopServers servers) => PostgresStore.CreateAsync(servers);
}

[Collection(nameof(ServersToKill))]
public sealed class LongFaultMatrixOnRedis(KillableServers killable) : LongFaultMatrix(killable)
{
    private protected override Task<ILedgerStore> CreateStoreAsync(ShopServers servers) => RedisStore.CreateAsync(servers);
}
