using System.Diagnostics;
using System.Text.Json;
using EventBus.Messages;
using EventBus.Outbox;
using EventBus.Transport;

namespace EventBus.Faults;

/// <summary>Publishes and sends single messages of this service, past its outbox.</summary>
public sealed class DirectSender
{
    private readonly MessageRegistry _registry;
    private readonly MessageFactory _factory;
    private readonly ITransport _transport;
    private readonly TimeProvider _clock;

    internal DirectSender(MessageRegistry registry, MessageFactory factory, ITransport transport, TimeProvider clock) =>
        (_registry, _factory, _transport, _clock) = (registry, factory, transport, clock);

    /// <summary>The wire names of the events and commands that this service publishes and sends, in alphabetical order.</summary>
    public IReadOnlyList<string> Types => [.. _registry.Outgoing.Select(message => message.WireName).Order(StringComparer.Ordinal)];

    /// <summary>The wire names of the events that this service publishes; those with required consumers first.</summary>
    public IReadOnlyList<string> Events =>
    [
        .. from message in _registry.Outgoing
           where message.Kind == MessageKind.Event
           orderby message.RequiredBy.Count > 0 descending
           select message.WireName,
    ];

    /// <summary>Publishes or sends a message with this body. Returns when the broker has stored it.</summary>
    /// <param name="type">One of <see cref="Types"/>.</param>
    /// <param name="body">JSON, as in docs/asyncapi.yaml.</param>
    /// <param name="cancellationToken">Ends the wait for the broker.</param>
    /// <returns>The id of the message.</returns>
    /// <exception cref="JsonException">
    /// The body is not JSON, or not that of this type. The text says where, and shows one that is.
    /// </exception>
    /// <exception cref="InvalidOperationException">The broker did not store the message.</exception>
    public async Task<Guid> SendAsync(string type, string body, CancellationToken cancellationToken)
    {
        var declaration = _registry.Outgoing.Single(message => message.WireName == type);
        var pending = _factory.Create(Read(declaration, body), declaration.Kind, delay: null);
        try
        {
            return await SendAsync(pending.Message, declaration.RequiredQueues.Length > 0, cancellationToken);
        }
        finally
        {
            pending.EndSpan();
        }
    }

    /// <summary>Publishes an event whose body ends in the middle. Returns when the broker has stored it.</summary>
    /// <param name="type">One of <see cref="Events"/>.</param>
    /// <param name="cancellationToken">Ends the wait for the broker.</param>
    /// <returns>The id of the message.</returns>
    /// <exception cref="InvalidOperationException">The broker did not store the message.</exception>
    public Task<Guid> PoisonAsync(string type, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7();
        var message = new Envelope
        {
            MessageId = id,
            Type = type,
            Kind = MessageKind.Event,
            Key = $"{id}",
            Version = 0,
            CorrelationId = $"{id}",
            Body = "{ \"poison\": "u8.ToArray(),
            CreatedAt = _clock.GetUtcNow(),
            Trace = new TraceHeaders(Activity.Current?.Id, State: null, Baggage: null),
        };
        return SendAsync(message, requiresReceiver: true, cancellationToken);
    }

    private static object Read(OutgoingMessage declaration, string body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, declaration.MessageType, MessageJson.Options)
                ?? throw new JsonException("The body is null.");
        }
        catch (JsonException fault)
        {
            throw new JsonException(
                $"The body is not that of a {declaration.WireName}: {fault.Message} A body of this type looks like "
                + MessageSkeleton.Of(declaration.MessageType), fault);
        }
    }

    private async Task<Guid> SendAsync(Envelope message, bool requiresReceiver, CancellationToken cancellationToken)
    {
        await using var publisher = _transport.CreatePublisher();
        await publisher.ReadyAsync(cancellationToken);
        var results = await publisher.PublishAsync(
            [MessageFormat.ToTransport(message, _clock.GetUtcNow(), requiresReceiver)], cancellationToken);
        return results[0] is { } fault
            ? throw new InvalidOperationException($"The broker did not store the message: {fault.Message}", fault)
            : message.MessageId;
    }
}
