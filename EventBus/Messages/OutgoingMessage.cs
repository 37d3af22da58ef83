namespace EventBus.Messages;

/// <summary>A message type that this service publishes or sends.</summary>
/// <param name="AwaitedBy">The queues that must not miss it, besides whoever else listens.</param>
internal sealed record OutgoingMessage(
    Type MessageType, string WireName, MessageKind Kind, Func<object, string> Key, Func<object, long> Version, IReadOnlyList<string> AwaitedBy)
{
    /// <summary>The queues that a message of this type is sure to reach: a command's own, or <see cref="AwaitedBy"/>. An array, as a span's tag has it.</summary>
    public string[] SureQueues { get; } = Kind == MessageKind.Command ? [WireName] : [.. AwaitedBy];
}
