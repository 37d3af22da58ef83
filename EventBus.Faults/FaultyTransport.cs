using System.Diagnostics;
using EventBus.Messages;
using EventBus.Transport;

namespace EventBus.Faults;

/// <summary>A transport that can publish twice and deliver in reverse. Dead letters are read as they are.</summary>
internal sealed class FaultyTransport(ITransport transport, BusFaults faults, TimeProvider clock) : ITransport, IAsyncDisposable
{
    public long MaxBodySize => transport.MaxBodySize;

    public bool ChecksSenders => transport.ChecksSenders;

    public TransportHealth Health => transport.Health;

    public string SystemName => transport.SystemName;

    public Task StartAsync(CancellationToken cancellationToken) => transport.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => transport.StopAsync(cancellationToken);

    public IPublisher CreatePublisher() => new RepeatingPublisher(transport.CreatePublisher(), faults);

    public Task EnsureTopologyAsync(CancellationToken cancellationToken) => transport.EnsureTopologyAsync(cancellationToken);

    public Task<IConsumerSession> ConsumeAsync(
        QueuePlan queue, int prefetch, Action<Delivery> onDelivery, CancellationToken cancellationToken) =>
        transport.ConsumeAsync(queue, prefetch, new ReversedDeliveries(onDelivery, faults, clock).Add, cancellationToken);

    public Task<IConsumerSession> ConsumeDeadLettersAsync(
        QueuePlan queue, int prefetch, Action<Delivery> onDelivery, CancellationToken cancellationToken) =>
        transport.ConsumeDeadLettersAsync(queue, prefetch, onDelivery, cancellationToken);

    public Task<QueueDepth?> MeasureAsync(QueuePlan queue, bool fresh, CancellationToken cancellationToken) =>
        transport.MeasureAsync(queue, fresh, cancellationToken);

    public void Describe(Activity span, MessageKind kind, string type, string? queue) => transport.Describe(span, kind, type, queue);

    public async ValueTask DisposeAsync()
    {
        switch (transport)
        {
            case IAsyncDisposable disposable:
                await disposable.DisposeAsync();
                break;

            case IDisposable disposable:
                disposable.Dispose();
                break;
        }
    }
}
