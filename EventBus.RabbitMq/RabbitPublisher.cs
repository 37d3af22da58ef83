using EventBus.Transport;
using Microsoft.Extensions.Logging;

namespace EventBus.RabbitMq;

/// <summary>
/// Publishes to the exchanges of events and commands. An optional event that no queue receives is stored in the queue <c>unrouted</c>.
/// </summary>
internal sealed partial class RabbitPublisher(
    ConfirmingChannel channel, TopologyDeclarer topology, ILogger<RabbitPublisher> logger) : IPublisher
{
    public async Task ReadyAsync(CancellationToken cancellationToken)
    {
        await channel.ReadyAsync(cancellationToken);
        await topology.CompleteAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<Exception?>> PublishAsync(IReadOnlyList<TransportMessage> messages, CancellationToken cancellationToken)
    {
        AmqpMessage[] addressed = [.. messages.Select(AmqpMessage.Published)];
        var results = await channel.PublishAsync(addressed, cancellationToken);

        int[] unrouted =
        [
            .. Enumerable.Range(0, results.Count).Where(i => results[i] is NoReceiverException && !messages[i].RequiresReceiver),
        ];
        return unrouted.Length == 0 ? results : await StoreUnroutedAsync(addressed, results, unrouted, cancellationToken);
    }

    public ValueTask DisposeAsync() => channel.DisposeAsync();

    private async Task<IReadOnlyList<Exception?>> StoreUnroutedAsync(
        AmqpMessage[] messages, IReadOnlyList<Exception?> results, int[] unrouted, CancellationToken cancellationToken)
    {
        var copies = unrouted.Select(i => messages[i])
            .Select(message => AmqpMessage.To(Exchanges.Unrouted, message.Message, message.Exchange, message.RoutingKey));
        var stored = await channel.PublishAsync([.. copies], cancellationToken);

        Exception?[] all = [.. results];
        for (var i = 0; i < unrouted.Length; i++)
        {
            all[unrouted[i]] = stored[i];
        }

        LogUnrouted(unrouted.Length);
        return all;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Count} events had no subscriber; they are in the queue 'unrouted'")]
    private partial void LogUnrouted(int count);
}
