namespace EventBus.Messages;

/// <summary>A message type that this service publishes or sends.</summary>
internal sealed record OutgoingMessage(Type MessageType, string WireName, MessageKind Kind, Func<object, string> Key, Func<object, long> Version);
