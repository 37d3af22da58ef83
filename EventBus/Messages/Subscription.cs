using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace EventBus.Messages;

/// <summary>
/// A message type that this service handles, with the handlers that share its transaction, in the order they were declared.
/// </summary>
internal sealed class Subscription(string wireName, MessageKind kind, Func<ReadOnlyMemory<byte>, object> read)
{
    private readonly List<Handler> _handlers = [];

    public string WireName => wireName;

    public MessageKind Kind => kind;

    /// <summary>All its handlers may share a transaction with those of other messages.</summary>
    public bool InBatches { get; private set; } = true;

    /// <summary>The assemblies of its handlers.</summary>
    public IEnumerable<Assembly> Assemblies => _handlers.Select(handler => handler.Assembly);

    /// <summary>A handler makes a call before the transaction.</summary>
    public bool HasCalls => _handlers.Any(handler => handler.Call is not null);

    public void Add<TMessage, THandler>(bool inBatches) where TMessage : class where THandler : class, IMessageHandler<TMessage>
    {
        InBatches &= inBatches;
        _handlers.Add(new Handler(
            typeof(THandler).Assembly,
            Call: null,
            (services, message, _, context, cancellationToken) =>
                services.GetRequiredService<THandler>().HandleAsync((TMessage)message, context, cancellationToken)));
    }

    public void Add<TMessage, TResult, THandler>() where TMessage : class where THandler : class, ICallingMessageHandler<TMessage, TResult>
    {
        InBatches = false;
        _handlers.Add(new Handler(
            typeof(THandler).Assembly,
            async (services, message, context, cancellationToken) =>
                await services.GetRequiredService<THandler>().CallAsync((TMessage)message, context, cancellationToken),
            (services, message, result, context, cancellationToken) =>
                services.GetRequiredService<THandler>().HandleAsync((TMessage)message, (TResult)result!, context, cancellationToken)));
    }

    /// <exception cref="UnreadableBodyException">The body is not JSON, or does not match the type.</exception>
    public object Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            return read(body);
        }
        catch (JsonException fault)
        {
            throw new UnreadableBodyException(fault);
        }
    }

    /// <summary>Makes the calls of the handlers; no transaction is open.</summary>
    /// <returns>The result of each handler's call; null for a handler without one.</returns>
    public async Task<object?[]> CallAsync(
        IServiceProvider services, object message, MessageContext context, CancellationToken cancellationToken)
    {
        var results = new object?[_handlers.Count];
        for (var i = 0; i < results.Length; i++)
        {
            if (_handlers[i].Call is { } call)
            {
                results[i] = await call(services, message, context, cancellationToken);
            }
        }

        return results;
    }

    /// <param name="results">What <see cref="CallAsync"/> returned; null when there are no calls.</param>
    public async Task HandleAsync(
        IServiceProvider services, object message, object?[]? results, MessageContext context, CancellationToken cancellationToken)
    {
        for (var i = 0; i < _handlers.Count; i++)
        {
            await _handlers[i].Handle(services, message, results?[i], context, cancellationToken);
        }
    }

    private sealed record Handler(
        Assembly Assembly,
        Func<IServiceProvider, object, MessageContext, CancellationToken, Task<object?>>? Call,
        Func<IServiceProvider, object, object?, MessageContext, CancellationToken, Task> Handle);
}
