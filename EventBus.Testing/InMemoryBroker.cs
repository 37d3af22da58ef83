using EventBus.Messages;
using EventBus.Transport;

namespace EventBus.Testing;

/// <summary>
/// A broker inside the process, for tests of services: events, commands, delayed retries and dead letters without a server. Services that
/// use the same broker reach each other. Nothing survives the process.
/// </summary>
public sealed class InMemoryBroker
{
    internal const long MaxBodySize = 16 * 1024 * 1024;

    private readonly Dictionary<string, (InMemoryQueue Queue, InMemoryQueue DeadLetters)> _queues = [];
    private readonly Dictionary<(MessageKind Kind, string Type), List<InMemoryQueue>> _subscribers = [];
    private readonly Dictionary<string, string> _owners = [];
    private readonly List<TransportMessage> _published = [];
    private readonly List<(string Queue, TransportMessage Message)> _handled = [];
    private readonly List<(Func<string, TransportMessage, bool> Matches, TaskCompletionSource Completion)> _waiting = [];

    /// <summary>Creates an empty broker.</summary>
    /// <param name="clock">The clock of the retry delays. Default: the system's.</param>
    public InMemoryBroker(TimeProvider? clock = null) => Clock = clock ?? TimeProvider.System;

    internal Lock Gate { get; } = new();

    internal TimeProvider Clock { get; }

    /// <summary>The events and commands of this type that reached the broker so far, in order.</summary>
    /// <typeparam name="TMessage">The event or command.</typeparam>
    public IReadOnlyList<TMessage> Published<TMessage>() where TMessage : class
    {
        var wireName = WireName.Of(typeof(TMessage));
        lock (Gate)
        {
            return [.. _published.Where(message => message.Type == wireName).Select(message => MessageJson.Read<TMessage>(message.Body))];
        }
    }

    /// <summary>Publishes an event as another service would.</summary>
    /// <param name="event">The event.</param>
    /// <param name="key">The aggregate it is about.</param>
    /// <param name="version">The aggregate's version; 0 for none.</param>
    /// <param name="messageId">The id by which the inbox recognises it. Default: a new one.</param>
    /// <param name="sender">The account that publishes it. Default: the only one from which its subscribers accept it.</param>
    public void Publish<TEvent>(TEvent @event, string key, long version = 0, Guid? messageId = null, string? sender = null)
        where TEvent : class =>
        Publish(@event, MessageKind.Event, key, version, messageId, sender);

    /// <summary>Sends a command as another service would.</summary>
    /// <param name="command">The command.</param>
    /// <param name="key">What it is about.</param>
    /// <param name="messageId">The id by which the inbox recognises it. Default: a new one.</param>
    /// <param name="sender">The account that sends it. Default: the only one from which its receiver accepts it.</param>
    /// <exception cref="NoReceiverException">No service handles it.</exception>
    public void Send<TCommand>(TCommand command, string key, Guid? messageId = null, string? sender = null) where TCommand : class
    {
        if (Publish(command, MessageKind.Command, key, 0, messageId, sender) is { } refused)
        {
            throw refused;
        }
    }

    /// <summary>
    /// Waits until a service has handled a message of this type: its transaction has committed and the message is acknowledged.
    /// </summary>
    /// <typeparam name="TMessage">The event or command.</typeparam>
    /// <param name="queue">Which service or command queue, as in <c>ordering-api</c>.</param>
    /// <param name="matches">Which message. Default: any of the type, also one handled before this call.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task WaitUntilHandledAsync<TMessage>(
        string queue, Func<TMessage, bool>? matches = null, CancellationToken cancellationToken = default)
        where TMessage : class
    {
        var wireName = WireName.Of(typeof(TMessage));
        return WaitUntilHandledAsync(
            queue,
            message => message.Type == wireName && (matches is null || matches(MessageJson.Read<TMessage>(message.Body))),
            cancellationToken);
    }

    /// <summary>Waits until a service has handled the message with this id.</summary>
    /// <param name="queue">Which service or command queue, as in <c>ordering-api</c>.</param>
    /// <param name="messageId">The id that the message was published with.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task WaitUntilHandledAsync(string queue, Guid messageId, CancellationToken cancellationToken = default) =>
        WaitUntilHandledAsync(queue, message => message.MessageId == messageId.ToString(), cancellationToken);

    internal void Declare(QueuePlan plan, Func<string, string?> ownerOf)
    {
        lock (Gate)
        {
            var (queue, _) = GetOrAdd(plan);
            foreach (var type in plan.Types)
            {
                if (ownerOf(type) is { } owner)
                {
                    _owners[type] = owner;
                }

                if (!_subscribers.TryGetValue((plan.Kind, type), out var subscribers))
                {
                    _subscribers.Add((plan.Kind, type), subscribers = []);
                }

                if (!subscribers.Contains(queue))
                {
                    subscribers.Add(queue);
                }
            }
        }
    }

    /// <summary>Null when a queue received the message, or none has to.</summary>
    internal Exception? Publish(TransportMessage message)
    {
        lock (Gate)
        {
            _published.Add(message);
            var subscribers = _subscribers.GetValueOrDefault((message.Kind, message.Type ?? ""), []);
            subscribers.ForEach(queue => queue.Add(message));
            return subscribers.Count > 0 || !message.RequiresReceiver ? null : new NoReceiverException(message.Type ?? "");
        }
    }

    internal void Resend(QueuePlan plan, TransportMessage copy, TimeSpan delay)
    {
        if (delay == TimeSpan.Zero)
        {
            Add();
            return;
        }

        // The timer is referenced by the clock until it fires.
        ITimer? timer = null;
        timer = Clock.CreateTimer(
            _ =>
            {
                timer?.Dispose();
                Add();
            },
            state: null, delay, Timeout.InfiniteTimeSpan);

        void Add()
        {
            lock (Gate)
            {
                GetOrAdd(plan).Queue.Add(copy);
            }
        }
    }

    internal void DeadLetter(QueuePlan plan, TransportMessage copy)
    {
        lock (Gate)
        {
            GetOrAdd(plan).DeadLetters.Add(copy);
        }
    }

    internal InMemorySession Consume(QueuePlan plan, bool deadLetters, int prefetch, Action<Delivery> onDelivery)
    {
        lock (Gate)
        {
            var (queue, dead) = GetOrAdd(plan);
            var source = deadLetters ? dead : queue;
            var session = new InMemorySession(this, source, prefetch, onDelivery) { ReadsDeadLetters = deadLetters };
            source.Attach(session);
            return session;
        }
    }

    internal QueueDepth Measure(QueuePlan plan)
    {
        lock (Gate)
        {
            var (queue, dead) = GetOrAdd(plan);
            return new QueueDepth(queue.Count, dead.Count);
        }
    }

    /// <summary>A message was acknowledged.</summary>
    internal void Handled(QueuePlan plan, TransportMessage message)
    {
        lock (Gate)
        {
            _handled.Add((plan.Name, message));
            foreach (var waiting in _waiting.Where(waiting => waiting.Matches(plan.Name, message)).ToArray())
            {
                _waiting.Remove(waiting);
                waiting.Completion.TrySetResult();
            }
        }
    }

    private Task WaitUntilHandledAsync(string queue, Func<TransportMessage, bool> matches, CancellationToken cancellationToken)
    {
        lock (Gate)
        {
            if (_handled.Any(handled => Matches(handled.Queue, handled.Message)))
            {
                return Task.CompletedTask;
            }

            var completion = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((Matches, completion));
            return completion.Task.WaitAsync(cancellationToken);
        }

        bool Matches(string handledBy, TransportMessage message) => handledBy == queue && matches(message);
    }

    private (InMemoryQueue Queue, InMemoryQueue DeadLetters) GetOrAdd(QueuePlan plan) => _queues.TryGetValue(plan.Name, out var queues)
        ? queues
        : _queues[plan.Name] = (new InMemoryQueue(plan) { SingleActiveConsumer = plan.Kind == MessageKind.Event }, new InMemoryQueue(plan));

    private Exception? Publish(object message, MessageKind kind, string key, long version, Guid? messageId, string? sender)
    {
        var now = Clock.GetUtcNow();
        var envelope = new Envelope
        {
            MessageId = messageId ?? Guid.CreateVersion7(now),
            Type = WireName.Of(message.GetType()),
            Kind = kind,
            Key = key,
            Version = version,
            CorrelationId = key,
            Body = MessageJson.Write(message),
            CreatedAt = now,
        };
        var published = MessageFormat.ToTransport(envelope, publishedAt: now, requiresReceiver: kind == MessageKind.Command);
        return Publish(published with { Sender = sender ?? OwnerOf(envelope.Type) });
    }

    private string? OwnerOf(string type)
    {
        lock (Gate)
        {
            return _owners.GetValueOrDefault(type);
        }
    }
}
