using System.Collections.Concurrent;
using EventBus.Transport;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace EventBus.RabbitMq;

/// <summary>
/// Declares exchanges, queues and bindings on every new connection. What exists with other arguments is reported and used as it is:
/// deleting it would delete messages. Where the service's account may declare only its own queues, what services share is only checked.
/// </summary>
internal sealed partial class TopologyDeclarer(
    TopologyPlan plan, EventBusOptions options, TimeProvider clock, ILogger<TopologyDeclarer> logger)
{
    private const ushort NotFound = 404;

    // A new broker gets the accounts of the services first, and what these share a moment later.
    private static readonly TimeSpan ErrorAfter = TimeSpan.FromSeconds(4);

    // ACCESS_REFUSED, NOT_FOUND (of something refused before), RESOURCE_LOCKED (exclusive queue of another connection),
    // PRECONDITION_FAILED.
    private static readonly ushort[] Refusals = [403, NotFound, 405, 406];

    private readonly ConcurrentDictionary<string, string> _problems = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> _missingSince = new();
    private readonly ConcurrentDictionary<string, byte> _reported = new();
    private readonly Lock _gate = new();
    private readonly HashSet<string> _missing = [];
    private TaskCompletionSource? _incomplete;

    /// <summary>What differs from our topology.</summary>
    public IReadOnlyCollection<string> Problems => [.. _problems.Values];

    /// <summary>
    /// Waits while something is missing that only an administrator may declare: a message that is published earlier is lost for the queue
    /// that does not exist yet.
    /// </summary>
    public Task CompleteAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _incomplete?.Task.WaitAsync(cancellationToken) ?? Task.CompletedTask;
        }
    }

    public async Task DeclareAsync(IConnection connection, CancellationToken cancellationToken)
    {
        if (options.DeclareShared)
        {
            await DeclareSharedAsync(connection, cancellationToken);
        }
        else
        {
            await CheckSharedAsync(connection, cancellationToken);
        }

        foreach (var queue in options.DeclareShared ? plan.All : plan.Consumed)
        {
            await DeclareAsync(connection, queue, cancellationToken);
        }
    }

    private async Task DeclareSharedAsync(IConnection connection, CancellationToken cancellationToken)
    {
        await DeclareAsync(connection, $"exchange '{Exchanges.Events}'", channel => channel.ExchangeDeclareAsync(
            Exchanges.Events, ExchangeType.Topic, durable: true, autoDelete: false, cancellationToken: cancellationToken));
        await DeclareAsync(connection, $"exchange '{Exchanges.Commands}'", channel => channel.ExchangeDeclareAsync(
            Exchanges.Commands, ExchangeType.Direct, durable: true, autoDelete: false, cancellationToken: cancellationToken));
        await DeclareAsync(connection, QueueDeclaration.Unrouted, cancellationToken);
        await RemoveAlternateExchangeAsync(connection, cancellationToken);
    }

    private async Task CheckSharedAsync(IConnection connection, CancellationToken cancellationToken)
    {
        foreach (var exchange in (string[])[Exchanges.Events, Exchanges.Commands])
        {
            await DeclareAsync(connection, $"exchange '{exchange}'", channel =>
                channel.ExchangeDeclarePassiveAsync(exchange, cancellationToken));
        }

        foreach (var queue in plan.All.Except(plan.Consumed).Select(queue => queue.Name).Append(Exchanges.Unrouted))
        {
            await DeclareAsync(connection, $"queue '{queue}'", channel => channel.QueueDeclarePassiveAsync(queue, cancellationToken));
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
        foreach (var declaration in QueueDeclaration.Of(queue).Concat(QueueDeclaration.OfRetries(queue)))
        {
            await DeclareAsync(connection, declaration, cancellationToken);
        }

        foreach (var type in queue.Types)
        {
            await BindAsync(connection, queue.Name, Exchanges.Of(queue.Kind), type, cancellationToken);
        }
    }

    private Task DeclareAsync(IConnection connection, QueueDeclaration queue, CancellationToken cancellationToken) =>
        DeclareAsync(connection, $"queue '{queue.Name}'", channel => channel.QueueDeclareAsync(
            queue.Name, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?>(queue.Arguments),
            cancellationToken: cancellationToken));

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
            _missingSince.TryRemove(what, out _);
            _reported.TryRemove(what, out _);
            SetMissing(what, isMissing: false);
        }
        catch (OperationInterruptedException refused) when (refused.ShutdownReason is { } reason && Refusals.Contains(reason.ReplyCode))
        {
            if (!IsFormerAlternate(reason.ReplyText))
            {
                Report(what, reason);
            }
        }
    }

    private void SetMissing(string what, bool isMissing)
    {
        lock (_gate)
        {
            if (isMissing && _missing.Add(what))
            {
                _incomplete ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
            else if (!isMissing && _missing.Remove(what) && _missing.Count == 0)
            {
                _incomplete!.SetResult();
                _incomplete = null;
            }
        }
    }

    private void Report(string what, ShutdownEventArgs reason)
    {
        var isMissing = reason.ReplyCode == NotFound && !options.DeclareShared;
        SetMissing(what, isMissing);
        var problem = isMissing
            ? $"The {what} does not exist, and this service may not declare it: an administrator of the broker must, or set "
                + "EventBus:DeclareShared to true for an account that may."
            : $"The {what} differs from what this service declares: {reason.ReplyText}";
        var isNew = _problems.TryAdd(what, problem);
        var now = clock.GetUtcNow();
        if (isMissing && now - _missingSince.GetOrAdd(what, now) < ErrorAfter)
        {
            if (isNew)
            {
                LogMissing(what);
            }
        }
        else if (_reported.TryAdd(what, 0))
        {
            LogProblem(problem);
        }
    }

    // "PRECONDITION_FAILED - inequivalent arg 'alternate-exchange' for exchange 'events' in vhost '/': received none but current is the
    // value 'unrouted' of type 'longstr'"
    private static bool IsFormerAlternate(string reply) =>
        reply.Contains("'alternate-exchange'", StringComparison.Ordinal)
        && reply.Contains($"value '{Exchanges.Unrouted}'", StringComparison.Ordinal);
}
