using EventBus.Messages;
using EventBus.Tests.Setup;
using EventBus.Transport;
using ServiceBusBroker;

namespace EventBus.Tests.Faults.Rig;

/// <summary>A Service Bus namespace of the tests.</summary>
internal sealed class ServiceBusNamespace : IFaultedBroker
{
    private static readonly QueuePlan[] Queues =
    [
        new("stock-api", MessageKind.Event, ["bus-probe.order-changed"], RetryDelays: []),
        new("sales-api", MessageKind.Event, ["bus-probe.stock-taken"], RetryDelays: []),
        new("bus-probe.charge-order", MessageKind.Command, ["bus-probe.charge-order"], RetryDelays: []),
    ];

    private readonly TestServiceBus _broker = new();

    public ServiceBusNamespace() => _broker.Declare(Queues);

    public (string Host, int Port) Address => ("127.0.0.1", _broker.Port);

    public string AddressThrough(int port) => TestServiceBus.ConnectionStringAt(port);

    public Task<long> CountAsync(string queue) => Task.FromResult((long)_broker.Count(PathOf(queue)));

    public Task<long> CountDeadLettersAsync(string queue) => Task.FromResult((long)_broker.Count($"{PathOf(queue)}/$DeadLetterQueue"));

    public Task<long> CountUnroutedAsync() => Task.FromResult(0L);

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    private static string PathOf(string queue) => Entities.PathOf(Queues.Single(plan => plan.Name == queue));
}
