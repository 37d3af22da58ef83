using System.Collections.Concurrent;
using EventBus.Transport;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace EventBus.RabbitMq;

/// <summary>
/// Declares exchanges, queues and bindings on every new connection. What exists with other arguments is reported and used as it is:
/// deleting it would delete messages.
/// </summary>
internal sealed partial class TopologyDeclarer(
    TopologyPlan plan, EventBusOptions options, TimeProvider clock, ILogger<TopologyDeclarer> logger)
{
    private const int UnroutedKept = 10_000;

    // Only a message that crashes its process is redelivered this often without reaching the retry queues. Beyond the limit it is
    // dead-lettered.
    private const int DeliveryLimit = 1000;

    // RabbitMQ 4 drops a message after 20 deliveries by default; reading a dead letter is a delivery too.
    private const int NoDeliveryLimit = 1_000_000_000;

    // ACCESS_REFUSED, NOT_FOUND (of something refused before), RESOURCE_LOCKED (exclusive queue of another connection),
    // PRECONDITION_FAILED.
    private static readonly ushort[] Refusals = [403, 404, 405, 406];

    private readonly ConcurrentDictionary<string, string> _problems = new();

    /// <summary>What differs from our topology.</summary>
    public IReadOnlyCollection<string> Problems => [.. _problems.Values];

    public async Task DeclareAsync(IConnection connection, CancellationToken cancellationToken)
    {
        await DeclareAsync(connection, $"exchange '{Exchanges.Events}'", channel => channel.ExchangeDeclareAsync(
            Exchanges.Events, ExchangeType.Topic, durable: true, autoDelete: false, cancellationToken: cancellationToken));
        await DeclareAsync(connection, $"exchange '{Exchanges.Commands}'", channel => channel.ExchangeDeclareAsync(
            Exchanges.Commands, ExchangeType.Direct, durable: true, autoDelete: false, cancellationToken: cancellationToken));

        await DeclareQueueAsync(
            connection, Exchanges.Unrouted, cancellationToken,
            ("x-delivery-limit", NoDeliveryLimit), ("x-max-length", UnroutedKept), ("x-overflow", "drop-head"));
        await RemoveAlternateExchangeAsync(connection, cancellationToken);

        foreach (var queue in plan.All)
        {
            await DeclareAsync(connection, queue, cancellationToken);
        }
    }

    /// <summary>
    /// In an older volume the exchange 'events' has an alternate exchange, 'unrouted', which receives the events that we want returned. It
    /// cannot be changed, and replacing the exchange would lose the bindings of other clients. Without its alternate exchange it returns
    /// them.
    /// </summary>
    private Task RemoveAlternateExchangeAsync(IConnection connection, CancellationToken cancellationToken) =>
        DeclareAsync(connection, $"exchange '{Exchanges.Unrouted}'", channel =>
            channel.ExchangeDeleteAsync(Exchanges.Unrouted, cancellationToken: cancellationToken));

    private async Task DeclareAsync(IConnection connection, QueuePlan queue, CancellationToken cancellationToken)
    {
        await DeclareQueueAsync(connection, RabbitQueues.DeadLetters(queue), cancellationToken, ("x-delivery-limit", NoDeliveryLimit));
        await DeclareQueueAsync(connection, queue.Name, cancellationToken, [
            .. ForwardTo(RabbitQueues.DeadLetters(queue)),
            ("x-delivery-limit", DeliveryLimit),
            .. RabbitQueues.HasSingleActiveConsumer(queue)
                ? [("x-single-active-consumer", (object?)true)]
                : Array.Empty<(string, object?)>(),
        ]);

        foreach (var delay in queue.RetryDelays)
        {
            await DeclareQueueAsync(
                connection, RabbitQueues.Retry(queue, delay), cancellationToken,
                [.. ForwardTo(queue.Name), ("x-message-ttl", (long)Math.Ceiling(delay.TotalMilliseconds))]);
        }

        foreach (var type in queue.Types)
        {
            await BindAsync(connection, queue.Name, Exchanges.Of(queue.Kind), type, cancellationToken);
        }
    }

    /// <summary>Arguments of a queue whose rejected or expired messages are moved to another queue without loss.</summary>
    private static (string, object?)[] ForwardTo(string queue) =>
    [
        ("x-dead-letter-exchange", Exchanges.Default),
        ("x-dead-letter-routing-key", queue),
        ("x-dead-letter-strategy", "at-least-once"),
        ("x-overflow", "reject-publish"),
    ];

    private Task DeclareQueueAsync(
        IConnection connection, string name, CancellationToken cancellationToken, params (string Name, object? Value)[] arguments)
    {
        var all = arguments.ToDictionary(argument => argument.Name, argument => argument.Value);
        all["x-queue-type"] = "quorum";
        return DeclareAsync(connection, $"queue '{name}'", channel => channel.QueueDeclareAsync(
            name, durable: true, exclusive: false, autoDelete: false, arguments: all, cancellationToken: cancellationToken));
    }

    private Task BindAsync(IConnection connection, string queue, string exchange, string routingKey, CancellationToken cancellationToken) =>
        DeclareAsync(connection, $"binding of '{queue}' to '{exchange}' by '{routingKey}'", channel =>
            channel.QueueBindAsync(queue, exchange, routingKey, cancellationToken: cancellationToken));

    // A refusal closes the channel, so each declaration has its own. Each has its own timeout, too: together they take long on a broker
    // that has just started.
    private async Task DeclareAsync(IConnection connection, string what, Func<IChannel, Task> declare)
    {
        await using var channel = await connection.CreateChannelAsync().WaitAsync(options.BrokerTimeout, clock);
        try
        {
            await declare(channel).WaitAsync(options.BrokerTimeout, clock);
            _problems.TryRemove(what, out _);
        }
        catch (OperationInterruptedException refused) when (refused.ShutdownReason is { } reason && Refusals.Contains(reason.ReplyCode))
        {
            if (IsFormerAlternate(reason.ReplyText))
            {
                return;
            }

            var problem = $"The {what} differs from what this service declares: {reason.ReplyText}";
            if (_problems.TryAdd(what, problem))
            {
                LogWrongArguments(what, reason.ReplyText);
            }
        }
    }

    // "PRECONDITION_FAILED - inequivalent arg 'alternate-exchange' for exchange 'events' in vhost '/': received none but current is the
    // value 'unrouted' of type 'longstr'"
    private static bool IsFormerAlternate(string reply) =>
        reply.Contains("'alternate-exchange'", StringComparison.Ordinal)
        && reply.Contains($"value '{Exchanges.Unrouted}'", StringComparison.Ordinal);
}
