using EventBus.Serialization;
using Microsoft.Extensions.DependencyInjection;

namespace EventBus.Messages;

/// <summary>A message type that this service handles, with the handlers that share its transaction, in the order they were declared.</summary>
internal sealed class Subscription
{
    private readonly Func<ReadOnlyMemory<byte>, object> _read;
    private readonly List<Func<IServiceProvider, object, MessageContext, CancellationToken, Task>> _handlers = [];

    private Subscription(string wireName, MessageKind kind, Func<ReadOnlyMemory<byte>, object> read)
    {
        WireName = wireName;
        Kind = kind;
        _read = read;
    }

    public string WireName { get; }

    public MessageKind Kind { get; }

    /// <summary>All its handlers may share a transaction with those of other messages.</summary>
    public bool InBatches { get; private set; } = true;

    public static Subscription To<TMessage>(MessageKind kind) where TMessage : class =>
        new(Messages.WireName.Of(typeof(TMessage)), kind, body => MessageJson.Read<TMessage>(body));

    public void Add<TMessage, THandler>(bool inBatches) where TMessage : class where THandler : class, IMessageHandler<TMessage>
    {
        InBatches &= inBatches;
        _handlers.Add((services, message, context, cancellationToken) =>
            services.GetRequiredService<THandler>().HandleAsync((TMessage)message, context, cancellationToken));
    }

    /// <exception cref="System.Text.Json.JsonException">The body is not what this service knows under this type.</exception>
    public object Read(ReadOnlyMemory<byte> body) => _read(body);

    public async Task HandleAsync(IServiceProvider services, object message, MessageContext context, CancellationToken cancellationToken)
    {
        foreach (var handle in _handlers)
        {
            await handle(services, message, context, cancellationToken);
        }
    }
}
