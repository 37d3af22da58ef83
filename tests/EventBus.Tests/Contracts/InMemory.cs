using EventBus.Tests.Setup;

namespace EventBus.Tests.Contracts;

public sealed class InMemory(TestServers servers) : TransportContract(servers)
{
    private readonly InMemoryBroker _broker = new();

    protected override string? AccountOf(string service) => service;

    protected override Task UseAsync(EventBusBuilder bus) => Task.FromResult(bus.UseInMemoryTransport(_broker));
}
