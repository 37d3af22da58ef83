namespace EventBus.Transport;

/// <summary>No queue takes the message; the broker gave it back.</summary>
internal sealed class NoReceiverException(string exchange, string routingKey)
    : Exception($"No queue takes '{routingKey}' from exchange '{exchange}'.");
