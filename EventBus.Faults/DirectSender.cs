using System.Diagnostics;
using EventBus.Messages;
using EventBus.Transport;

namespace EventBus.Faults;

/// <summary>Publishes an event that no receiver can read, past the outbox.</summary>
public sealed class PoisonSender
{
    private readonly MessageRegistry _registry;
    private readonly ITransport _transport;
    private readonly TimeProvider _clock;

    internal PoisonSender(MessageRegistry registry, ITransport transport, TimeProvider clock) =>
        (_registry, _transport, _clock) = (registry, transport, clock);

    /// <summary>The wire names of the events that this service publishes; those with required consumers first.</summary>
    public IReadOnlyList<string> Types =>
    [
        .. from message in _registry.Outgoing
           where message.Kind == MessageKind.Event
           orderby message.RequiredBy.Count > 0 descending
           select message.WireName,
    ];

    /// <summary>Publishes an event whose body ends in the middle. Returns when the broker has stored it.</summary>
    /// <param name="type">One of <see cref="Types"/>.</param>
    /// <param name="cancellationToken">Ends the wait for the broker.</param>
    /// <returns>The id of the message.</returns>
    public async Task<Guid> PublishAsync(string type, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7();
        var now = _clock.GetUtcNow();
        var message = new Envelope
        {
            MessageId = id,
            Type = type,
            Kind = MessageKind.Event,
            Key = $"{id}",
            Version = 0,
            CorrelationId = $"{id}",
            Body = "{ \"poison\": "u8.ToArray(),
            CreatedAt = now,
            Trace = new TraceHeaders(Activity.Current?.Id, State: null, Baggage: null),
        };
        await using var publisher = _transport.CreatePublisher();
        await publisher.ReadyAsync(cancellationToken);
        var results = await publisher.PublishAsync(
            [MessageFormat.ToTransport(message, now, requiresReceiver: true)], cancellationToken);
        return results[0] is { } fault
            ? throw new InvalidOperationException($"The broker did not store the message: {fault.Message}", fault)
            : id;
    }
}
