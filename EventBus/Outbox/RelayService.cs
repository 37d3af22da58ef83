using Microsoft.Extensions.Hosting;

namespace EventBus.Outbox;

/// <summary>Runs the relay of every partition.</summary>
internal sealed class RelayService(IReadOnlyList<PartitionRelay> relays) : BackgroundService
{
    public IReadOnlyList<PartitionRelay> Relays => relays;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(relays.Select(relay => relay.RunAsync(stoppingToken)));
}
