namespace EventBus.Messages;

/// <summary>A message type that this service publishes or sends.</summary>
/// <param name="AwaitedBy">The queues that must not miss it, besides whoever else listens.</param>
internal sealed record OutgoingMessage(
    Type MessageType, string WireName, MessageKind Kind, Func<object, string> Key, Func<object, long> Version, IReadOnlyList<string> AwaitedBy);
