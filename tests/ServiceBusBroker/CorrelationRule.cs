using ServiceBusBroker.Amqp;

namespace ServiceBusBroker;

/// <summary>A correlation filter of a subscription: what is set must be equal. With nothing set, it matches every message.</summary>
/// <param name="Name">Unique within the subscription.</param>
public sealed record CorrelationRule(string Name)
{
    /// <summary>The subject of the message; null: any.</summary>
    public string? Subject { get; init; }

    /// <summary>Application properties of the message.</summary>
    public IReadOnlyDictionary<string, object> Properties { get; init; } = new Dictionary<string, object>();

    internal bool Matches(MessageContent message) =>
        (Subject is null || Subject == message.Subject)
        && Properties.All(wanted =>
            message.ApplicationProperties.TryGetValue(wanted.Key, out var value) && Equals(wanted.Value, value));
}
