namespace EventBus.Messages;

/// <summary>
/// Everything the service declared: what leaves it and what it handles. Filled while the host is built, only read afterwards.
/// </summary>
internal sealed class MessageRegistry
{
    private readonly Dictionary<Type, OutgoingMessage> _outgoing = [];
    private readonly HashSet<string> _required = [];
    private readonly Dictionary<string, Subscription> _subscriptions = [];
    private readonly Dictionary<string, IReadOnlyList<string>> _senders = [];

    public IReadOnlyCollection<OutgoingMessage> Outgoing => _outgoing.Values;

    public IReadOnlyCollection<Subscription> Subscriptions => _subscriptions.Values;

    public void Declare(OutgoingMessage message)
    {
        if (!_outgoing.TryAdd(message.MessageType, message))
        {
            throw new InvalidOperationException($"{message.MessageType} is declared twice with Publishes or Sends.");
        }

        if (message.RequiredBy.Count > 0)
        {
            _required.Add(message.WireName);
        }
    }

    public Subscription Subscribe<TMessage>(MessageKind kind) where TMessage : class =>
        Subscribe(WireName.Of(typeof(TMessage)), kind, body => MessageJson.Read<TMessage>(body));

    public Subscription Subscribe(string wireName, MessageKind kind, Func<ReadOnlyMemory<byte>, object> read)
    {
        if (!_subscriptions.TryGetValue(wireName, out var subscription))
        {
            _subscriptions.Add(wireName, subscription = new Subscription(wireName, kind, read));
        }
        else if (subscription.Kind != kind || kind == MessageKind.Command)
        {
            throw new InvalidOperationException(
                $"'{wireName}' already has a handler: a command has exactly one, and a message is an event or a command, never both.");
        }

        return subscription;
    }

    public void AcceptOnly(string prefix, IReadOnlyList<string> senders)
    {
        if (senders.Count == 0)
        {
            throw new ArgumentException($"AcceptOnly needs at least one sender of '{prefix}'.", nameof(senders));
        }

        if (!_senders.TryAdd(prefix, senders))
        {
            throw new InvalidOperationException($"The senders of '{prefix}' are declared twice with AcceptOnly.");
        }
    }

    /// <summary>The only senders from which a message of this type is accepted; null: any.</summary>
    public IReadOnlyList<string>? SendersOf(string wireName) =>
        wireName.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot
            && _senders.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(wireName.AsSpan(0, dot), out var senders)
            ? senders
            : null;

    /// <summary>The message must reach a queue, possibly of this service; without one it waits in the outbox.</summary>
    public bool RequiresReceiver(Envelope message) =>
        message.Kind == MessageKind.Command || _subscriptions.ContainsKey(message.Type) || _required.Contains(message.Type);

    public Subscription? FindSubscription(string wireName) => _subscriptions.GetValueOrDefault(wireName);

    /// <exception cref="InvalidOperationException">The type was not declared, or as the other kind.</exception>
    public OutgoingMessage GetOutgoing(Type type, MessageKind kind)
    {
        var (verb, declaration) = kind == MessageKind.Event ? ("publish", "Publishes") : ("send", "Sends");
        if (!_outgoing.TryGetValue(type, out var message))
        {
            throw new InvalidOperationException(
                $"This service did not declare that it may {verb} {type}. "
                + $"Add .{declaration}<{type.Name}>(key) to its builder.AddEventBus(…).");
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
