using EventBus.Topology;

namespace EventBus.Transport.InMemory;

/// <summary>This service's way into an <see cref="InMemoryBroker"/>.</summary>
internal sealed class InMemoryTransport(InMemoryBroker broker, TopologyPlan plan) : ITransport
{
    public TransportHealth Health { get; } = new(DownSince: null, Problems: []);

    public Task StartAsync(CancellationToken cancellationToken) => DeclareAsync(cancellationToken);

    public Task DeclareAsync(CancellationToken cancellationToken)
    {
        foreach (var queue in plan.All)
        {
            broker.Declare(queue);
        }

        return Task.CompletedTask;
    }

    public Task RecheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public IPublisher CreatePublisher() => new Publisher(broker);

    public Task<IConsumerSession> ConsumeAsync(string queue, int prefetch, Action<Delivery> onDelivery, CancellationToken cancellationToken) =>
        Task.FromResult<IConsumerSession>(broker.Consume(queue, prefetch, onDelivery));

    public Task<long?> CountAsync(string queue, CancellationToken cancellationToken) => Task.FromResult<long?>(broker.Count(queue));

    private sealed class Publisher(InMemoryBroker broker) : IPublisher
    {
        public Task ReadyAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<IReadOnlyList<Exception?>> PublishAsync(IReadOnlyList<TransportMessage> messages, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<Exception?>>([.. messages.Select(broker.Deliver)]);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
