using EventBus.Messages;
using EventBus.Serialization;
using EventBus.Topology;
using EventBus.Transport;
using EventBus.Transport.InMemory;

namespace EventBus;

/// <summary>
/// A broker inside the process, for tests of services: the same exchanges, queues, retries and dead letters, without RabbitMQ. Services that
/// are given the same broker reach each other. Nothing survives the process.
/// </summary>
public sealed class InMemoryBroker
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, InMemoryQueue> _queues = [];
    private readonly Dictionary<(string Exchange, string RoutingKey), List<InMemoryQueue>> _bindings = [];
    private readonly List<TransportMessage> _published = [];
    private readonly TimeProvider _time;

    /// <summary>Creates a broker with nothing in it.</summary>
    /// <param name="time">The clock of the retry delays. Default: the system's.</param>
    public InMemoryBroker(TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        GetOrAdd(Exchanges.Unrouted);
    }

    /// <summary>The events and commands of this type that reached the broker so far, in order.</summary>
    /// <typeparam name="TMessage">The event or command.</typeparam>
    public IReadOnlyList<TMessage> Published<TMessage>() where TMessage : class
    {
        var wireName = WireName.Of(typeof(TMessage));
        lock (_gate)
        {
            return [.. _published.Where(message => message.Type == wireName).Select(message => MessageJson.Read<TMessage>(message.Body))];
        }
    }

    /// <summary>Publishes an event as another service would.</summary>
    /// <param name="event">The event.</param>
    /// <param name="key">The aggregate it is about.</param>
    /// <param name="version">The aggregate's version; 0 for none.</param>
    /// <param name="messageId">The id that the inbox knows it by. Default: a new one.</param>
    public void Publish<TEvent>(TEvent @event, string key, long version = 0, Guid? messageId = null) where TEvent : class =>
        Publish(@event, MessageKind.Event, key, version, messageId);

    /// <summary>Sends a command as another service would.</summary>
    /// <param name="command">The command.</param>
    /// <param name="key">What it is about.</param>
    /// <param name="messageId">The id that the inbox knows it by. Default: a new one.</param>
    /// <exception cref="InvalidOperationException">No service handles it.</exception>
    public void Send<TCommand>(TCommand command, string key, Guid? messageId = null) where TCommand : class
    {
        if (Publish(command, MessageKind.Command, key, 0, messageId) is { } refused)
        {
            throw refused;
        }
    }

    internal void Declare(QueuePlan plan)
    {
        lock (_gate)
        {
            var queue = GetOrAdd(plan.Name);
            queue.SingleActiveConsumer = plan.SingleActiveConsumer;
            GetOrAdd(plan.DeadLetterQueue);
            foreach (var delay in plan.RetryDelays)
            {
                GetOrAdd(plan.RetryQueue(delay)).ForwardAfter(delay, message => Deliver(message with { RoutingKey = plan.Name }));
            }

            foreach (var routingKey in plan.RoutingKeys)
            {
                var binding = (Exchanges.Of(plan.Kind), routingKey);
                if (!_bindings.TryGetValue(binding, out var bound))
                {
                    _bindings.Add(binding, bound = []);
                }

                if (!bound.Contains(queue))
                {
                    bound.Add(queue);
                }
            }
        }
    }

    /// <summary>Null when at least one queue has the message.</summary>
    internal Exception? Deliver(TransportMessage message)
    {
        lock (_gate)
        {
            if (message.Exchange != Exchanges.Default)
            {
                _published.Add(message);
            }

            var queues = Route(message);
            foreach (var queue in queues)
            {
                queue.Add(message);
            }

            return queues.Count > 0 ? null : new NoReceiverException(message.Exchange, message.RoutingKey);
        }
    }

    internal InMemorySession Consume(string queue, int prefetch, Action<Delivery> onDelivery)
    {
        lock (_gate)
        {
            var session = new InMemorySession(GetOrAdd(queue), _gate, prefetch, onDelivery, _time);
            session.Start();
            return session;
        }
    }

    internal long Count(string queue)
    {
        lock (_gate)
        {
            return _queues.TryGetValue(queue, out var known) ? known.Count : 0;
        }
    }

    private List<InMemoryQueue> Route(TransportMessage message) => message.Exchange switch
    {
        Exchanges.Default => _queues.TryGetValue(message.RoutingKey, out var queue) ? [queue] : [],
        _ when _bindings.TryGetValue((message.Exchange, message.RoutingKey), out var bound) => bound,
        _ => [],
    };

    private InMemoryQueue GetOrAdd(string name) =>
        _queues.TryGetValue(name, out var queue) ? queue : _queues[name] = new InMemoryQueue(_time);

    private Exception? Publish(object message, MessageKind kind, string key, long version, Guid? messageId)
    {
        var now = _time.GetUtcNow();
        return Deliver(MessageFormat.ToTransport(
            new Envelope
            {
                MessageId = messageId ?? Guid.CreateVersion7(now),
                Type = WireName.Of(message.GetType()),
                Kind = kind,
                Key = key,
                Version = version,
                CorrelationId = key,
                Body = MessageJson.Write(message),
                CreatedAt = now,
            },
            publishedAt: now));
    }
}
