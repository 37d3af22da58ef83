using EventBus.Tests.Faults.Rig;

namespace EventBus.Tests.Faults;

/// <summary>Rows 17 to 21 as far as they are about the broker and about PostgreSQL, so that one store is enough.</summary>
[Collection(nameof(ServersToKill))]
[Trait("Category", "Faults")]
public sealed partial class OperationFaultMatrix(KillableServers killable)
{
    private const int Orders = 12;
    private const int Steps = 5;

    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan AnswerOfASale = TimeSpan.FromSeconds(5);

    // The broker closes the connection of a silent client after two heartbeats of 15 s.
    private static readonly TimeSpan LongerThanHeartbeats = TimeSpan.FromSeconds(40);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<FaultedShop> OpenAsync() => await FaultedShop.OpenAsync(await killable.Servers, PostgresStore.CreateAsync);
}
