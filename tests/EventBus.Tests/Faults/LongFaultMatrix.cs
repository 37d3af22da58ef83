namespace EventBus.Tests.Faults;

/// <summary>
/// The rows of the matrix that kill servers or take longer than anybody wants to wait for each time; docs/eventbus.md says how to run them.
/// </summary>
[Trait("Category", "Faults")]
public sealed partial class LongFaultMatrix(KillableServers killable) : IClassFixture<KillableServers>
{
    private const int Orders = 12;
    private const int Steps = 5;

    // The broker gives a silent client up after two heartbeats of 15 s.
    private static readonly TimeSpan LongerThanHeartbeats = TimeSpan.FromSeconds(40);

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
