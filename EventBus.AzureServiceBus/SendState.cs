using System.Collections.Concurrent;
using EventBus.Messages;
using EventBus.Transport;

namespace EventBus.AzureServiceBus;

/// <summary>Which topics and queues accept no messages now.</summary>
internal sealed class SendState
{
    private readonly ConcurrentDictionary<string, string> _full = new();

    public bool IsBlocked => !_full.IsEmpty;

    public IEnumerable<string> Problems => _full.Select(entity => $"Service Bus accepts no messages for '{entity.Key}': {entity.Value}");

    public void Sent(string entity) => _full.TryRemove(entity, out _);

    /// <summary>The result of a message that was not stored.</summary>
    public Exception Failed(string entity, TransportMessage message, Exception fault)
    {
        if (Faults.IsFull(fault))
        {
            _full[entity] = Faults.Describe(fault);
        }

        // A missing topic concerns all events, not only those of one type.
        return message.Kind == MessageKind.Command && Faults.IsMissing(fault) ? new NoReceiverException(message.Type ?? "") : fault;
    }
}
