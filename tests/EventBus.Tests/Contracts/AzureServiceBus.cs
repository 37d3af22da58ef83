using EventBus.Messages;
using EventBus.Tests.Setup;
using EventBus.Transport;
using ServiceBusBroker;

namespace EventBus.Tests.Contracts;

public sealed class AzureServiceBus(TestServers servers) : TransportContract(servers), IAsyncDisposable
{
    private readonly TestServiceBus _broker = new();

    protected override MessageKind ReportedKind => MessageKind.Command;

    protected override bool MarksReturnedMessages => false;

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    protected override string? AccountOf(string service) => null;

    protected override Task UseAsync(EventBusBuilder bus) => Task.FromResult(bus.UseTestServiceBus(_broker));

    private protected override long? CountAtBroker(QueuePlan queue) => _broker.Count(Entities.PathOf(queue));
}
