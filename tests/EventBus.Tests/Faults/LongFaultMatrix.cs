using EventBus.Tests.Faults.Rig;
using ShopServers = Servers.ShopServers;

namespace EventBus.Tests.Faults;

/// <summary>
/// The rows of the fault matrix that kill servers or take long; docs/eventbus.md describes how to run them. There is one subclass for each
/// store.
/// </summary>
[Trait("Category", "Faults")]
public abstract partial class LongFaultMatrix(KillableServers killable)
{
    private const int Orders = 12;
    private const int Steps = 5;

    // The broker closes the connection of a silent client after two heartbeats of 15 s.
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
