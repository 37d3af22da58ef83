namespace EventBus.Messages;

/// <summary>Everything the service declared: what leaves it and what it handles. Filled while the host is built, only read afterwards.</summary>
internal sealed class MessageRegistry
{
    private readonly Dictionary<Type, OutgoingMessage> _outgoing = [];
    private readonly HashSet<string> _awaited = [];
    private readonly Dictionary<string, Subscription> _subscriptions = [];

    public IReadOnlyCollection<OutgoingMessage> Outgoing => _outgoing.Values;

    public IReadOnlyCollection<Subscription> Subscriptions => _subscriptions.Values;

    public void Declare(OutgoingMessage message)
    {
        if (!_outgoing.TryAdd(message.MessageType, message))
        {
            throw new InvalidOperationException($"{message.MessageType} is declared twice with Publishes or Sends.");
        }

        if (message.AwaitedBy.Count > 0)
        {
            _awaited.Add(message.WireName);
        }
    }

    public void Subscribe<TMessage, THandler>(MessageKind kind, bool inBatches)
        where TMessage : class
        where THandler : class, IMessageHandler<TMessage>
    {
        var wireName = WireName.Of(typeof(TMessage));
        if (!_subscriptions.TryGetValue(wireName, out var subscription))
        {
            _subscriptions.Add(wireName, subscription = Subscription.To<TMessage>(kind));
        }
        else if (subscription.Kind != kind || kind == MessageKind.Command)
        {
            throw new InvalidOperationException(
                $"{typeof(TMessage)} ('{wireName}') already has a handler: a command has exactly one, and a message is an event or a command, never both.");
        }

        subscription.Add<TMessage, THandler>(inBatches);
    }

    /// <summary>The message has receivers that must have it, perhaps this service: without a queue it waits. Otherwise anybody may listen, or nobody.</summary>
    public bool NeedsReceiver(Envelope message) =>
        message.Kind == MessageKind.Command || _subscriptions.ContainsKey(message.Type) || _awaited.Contains(message.Type);

    public Subscription? FindSubscription(string wireName) => _subscriptions.GetValueOrDefault(wireName);

    /// <exception cref="InvalidOperationException">The type was not declared, or as the other kind.</exception>
    public OutgoingMessage GetOutgoing(Type type, MessageKind kind)
    {
        var (verb, declaration) = kind == MessageKind.Event ? ("publish", "Publishes") : ("send", "Sends");
        if (!_outgoing.TryGetValue(type, out var message))
        {
            throw new InvalidOperationException(
                $"This service did not declare that it may {verb} {type}. Add .{declaration}<{type.Name}>(key) to its builder.AddEventBus(…).");
        }

        if (message.Kind != kind)
        {
            throw new InvalidOperationException(kind == MessageKind.Event
                ? $"{type} is declared as a command with Sends; use Send, or declare it with Publishes to make an event of it."
                : $"{type} is declared as an event with Publishes; use Publish, or declare it with Sends to make a command of it.");
        }

        return message;
    }
}
