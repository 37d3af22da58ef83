using System.Diagnostics;
using EventBus.Messages;
using EventBus.Transport;

namespace EventBus.Testing;

/// <summary>Connects a service to an <see cref="InMemoryBroker"/>.</summary>
internal sealed class InMemoryTransport(InMemoryBroker broker, TopologyPlan plan, string appId, string account) : ITransport
{
    public string SystemName => "in-memory";

    public long MaxBodySize => InMemoryBroker.MaxBodySize;

    public bool ChecksSenders => true;

    public TransportHealth Health { get; } = new(DownSince: null, Problems: []);

    public Task StartAsync(CancellationToken cancellationToken) => EnsureTopologyAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task EnsureTopologyAsync(CancellationToken cancellationToken)
    {
        foreach (var queue in plan.All)
        {
            broker.Declare(queue, type => plan.SendersOf(type)?[0]);
        }

        return Task.CompletedTask;
    }

    public IPublisher CreatePublisher() => new Publisher(broker, appId, account);

    public Task<IConsumerSession> ConsumeAsync(
        QueuePlan queue, int prefetch, Action<Delivery> onDelivery, CancellationToken cancellationToken) =>
        Task.FromResult<IConsumerSession>(broker.Consume(queue, deadLetters: false, prefetch, onDelivery));

    public Task<IConsumerSession> ConsumeDeadLettersAsync(
        QueuePlan queue, int prefetch, Action<Delivery> onDelivery, CancellationToken cancellationToken) =>
        Task.FromResult<IConsumerSession>(broker.Consume(queue, deadLetters: true, prefetch, onDelivery));

    public Task<QueueDepth?> MeasureAsync(QueuePlan queue, bool fresh, CancellationToken cancellationToken) =>
        Task.FromResult<QueueDepth?>(broker.Measure(queue));

    public void Describe(Activity span, MessageKind kind, string type, string? queue) => span
        .SetTag("messaging.system", SystemName)
        .SetTag("messaging.destination.name", queue ?? type);

    private sealed class Publisher(InMemoryBroker broker, string appId, string account) : IPublisher
    {
        public Task ReadyAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<IReadOnlyList<Exception?>> PublishAsync(
            IReadOnlyList<TransportMessage> messages, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<Exception?>>(
            [
                .. messages.Select(message => broker.Publish(message with { AppId = message.AppId ?? appId, Sender = account })),
            ]);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
