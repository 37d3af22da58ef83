using System.Collections.Concurrent;
using EventBus.Topology;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace EventBus.Transport.RabbitMq;

/// <summary>
/// Declares exchanges, queues and bindings, as often as there is a new connection. What exists with other arguments is reported and left
/// alone: destroying it would destroy messages.
/// </summary>
internal sealed partial class TopologyDeclarer(TopologyPlan plan, EventBusOptions options, TimeProvider time, ILogger<TopologyDeclarer> logger)
{
    private const int UnroutedKept = 10_000;

    // Only a message that kills its process comes back this often without ever reaching the retry queues. Past the limit it is dead-lettered.
    private const int DeliveryLimit = 1000;

    // RabbitMQ 4 drops what was delivered more than twenty times, unless told otherwise; looking at a dead letter is a delivery too.
    private const int NoDeliveryLimit = 1_000_000_000;

    // ACCESS_REFUSED, NOT_FOUND (of what was refused before), RESOURCE_LOCKED (another's exclusive queue), PRECONDITION_FAILED.
    private static readonly ushort[] Refusals = [403, 404, 405, 406];

    private readonly ConcurrentDictionary<string, string> _problems = new();

    /// <summary>What exists with arguments other than ours, by name.</summary>
    public IReadOnlyCollection<string> Problems => [.. _problems.Values];

    public async Task DeclareAsync(IConnection connection, CancellationToken cancellationToken)
    {
        await DeclareAsync(connection, $"exchange '{Exchanges.Events}'", channel => channel.ExchangeDeclareAsync(
            Exchanges.Events, ExchangeType.Topic, durable: true, autoDelete: false, cancellationToken: cancellationToken));
        await DeclareAsync(connection, $"exchange '{Exchanges.Commands}'", channel => channel.ExchangeDeclareAsync(
            Exchanges.Commands, ExchangeType.Direct, durable: true, autoDelete: false, cancellationToken: cancellationToken));

        await DeclareQueueAsync(connection, Exchanges.Unrouted, cancellationToken, ("x-delivery-limit", NoDeliveryLimit), ("x-max-length", UnroutedKept), ("x-overflow", "drop-head"));
        await RemoveAlternateExchangeAsync(connection, cancellationToken);

        foreach (var queue in plan.All)
        {
            await DeclareAsync(connection, queue, cancellationToken);
        }
    }

    /// <summary>
    /// The exchange 'events' of a broker's older volume has an alternate exchange, 'unrouted', which takes what we want returned. Neither can
    /// that be changed nor the exchange replaced without losing the bindings of strangers; but with nothing behind it the alternate takes nothing.
    /// </summary>
    private Task RemoveAlternateExchangeAsync(IConnection connection, CancellationToken cancellationToken) =>
        DeclareAsync(connection, $"exchange '{Exchanges.Unrouted}'", channel => channel.ExchangeDeleteAsync(Exchanges.Unrouted, cancellationToken: cancellationToken));

    private async Task DeclareAsync(IConnection connection, QueuePlan queue, CancellationToken cancellationToken)
    {
        await DeclareQueueAsync(connection, queue.DeadLetterQueue, cancellationToken, ("x-delivery-limit", NoDeliveryLimit));
        await DeclareQueueAsync(connection, queue.Name, cancellationToken, [
            .. ForwardTo(queue.DeadLetterQueue),
            ("x-delivery-limit", DeliveryLimit),
            .. queue.SingleActiveConsumer ? [("x-single-active-consumer", (object?)true)] : Array.Empty<(string, object?)>(),
        ]);

        foreach (var delay in queue.RetryDelays)
        {
            await DeclareQueueAsync(
                connection, queue.RetryQueue(delay), cancellationToken, [.. ForwardTo(queue.Name), ("x-message-ttl", (long)Math.Ceiling(delay.TotalMilliseconds))]);
        }

        foreach (var routingKey in queue.RoutingKeys)
        {
            await BindAsync(connection, queue.Name, Exchanges.Of(queue.Kind), routingKey, cancellationToken);
        }
    }

    /// <summary>Arguments of a queue whose dropped or expired messages go on to another without being lost on the way.</summary>
    private static (string, object?)[] ForwardTo(string queue) =>
    [
        ("x-dead-letter-exchange", Exchanges.Default),
        ("x-dead-letter-routing-key", queue),
        ("x-dead-letter-strategy", "at-least-once"),
        ("x-overflow", "reject-publish"),
    ];

    private Task DeclareQueueAsync(IConnection connection, string name, CancellationToken cancellationToken, params (string Name, object? Value)[] arguments)
    {
        var all = arguments.ToDictionary(argument => argument.Name, argument => argument.Value);
        all["x-queue-type"] = "quorum";
        return DeclareAsync(connection, $"queue '{name}'", channel => channel.QueueDeclareAsync(
            name, durable: true, exclusive: false, autoDelete: false, arguments: all, cancellationToken: cancellationToken));
    }

    private Task BindAsync(IConnection connection, string queue, string exchange, string routingKey, CancellationToken cancellationToken) =>
        DeclareAsync(connection, $"binding of '{queue}' to '{exchange}' by '{routingKey}'", channel =>
            channel.QueueBindAsync(queue, exchange, routingKey, cancellationToken: cancellationToken));

    // A refusal closes the channel, so each declaration that may be refused has one of its own, and its own time: a broker that has just
    // started takes long for all of them together.
    private async Task DeclareAsync(IConnection connection, string what, Func<IChannel, Task> declare)
    {
        await using var channel = await connection.CreateChannelAsync().WaitAsync(options.BrokerTimeout, time);
        try
        {
            await declare(channel).WaitAsync(options.BrokerTimeout, time);
            _problems.TryRemove(what, out _);
        }
        catch (OperationInterruptedException refused) when (refused.ShutdownReason is { } reason && Refusals.Contains(reason.ReplyCode))
        {
            if (IsFormerAlternate(reason.ReplyText))
            {
                return;
            }

            var problem = $"The {what} is not as this service declares it: {reason.ReplyText}";
            if (_problems.TryAdd(what, problem))
            {
                LogWrongArguments(what, reason.ReplyText);
            }
        }
    }

    // "PRECONDITION_FAILED - inequivalent arg 'alternate-exchange' for exchange 'events' in vhost '/': received none but current is the
    // value 'unrouted' of type 'longstr'"
    private static bool IsFormerAlternate(string reply) =>
        reply.Contains("'alternate-exchange'", StringComparison.Ordinal) && reply.Contains($"value '{Exchanges.Unrouted}'", StringComparison.Ordinal);
}
