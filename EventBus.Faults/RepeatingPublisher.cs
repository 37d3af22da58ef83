using EventBus.Transport;

namespace EventBus.Faults;

/// <summary>Publishes each batch a second time, as a relay does whose process was killed before it recorded the broker's confirm.</summary>
internal sealed class RepeatingPublisher(IPublisher publisher, BusFaults faults) : IPublisher
{
    public Task ReadyAsync(CancellationToken cancellationToken) => publisher.ReadyAsync(cancellationToken);

    public async Task<IReadOnlyList<Exception?>> PublishAsync(
        IReadOnlyList<TransportMessage> messages, CancellationToken cancellationToken)
    {
        var first = await publisher.PublishAsync(messages, cancellationToken);
        if (!faults.PublishesTwice)
        {
            return first;
        }

        var second = await publisher.PublishAsync(messages, cancellationToken);
        return [.. first.Zip(second, (one, other) => one ?? other)];
    }

    public ValueTask DisposeAsync() => publisher.DisposeAsync();
}
