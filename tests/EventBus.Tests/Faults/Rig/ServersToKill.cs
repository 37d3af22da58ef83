namespace EventBus.Tests.Faults.Rig;

/// <summary>
/// The rows of the matrix go one after another, whatever store they are about: each needs the machine for several processes.
/// </summary>
[CollectionDefinition(nameof(ServersToKill))]
public sealed class ServersToKill : ICollectionFixture<KillableServers>;
