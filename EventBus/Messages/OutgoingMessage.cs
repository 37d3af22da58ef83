namespace EventBus.Messages;

/// <summary>A message type that this service publishes or sends.</summary>
/// <param name="RequiredBy">The queues that must receive it. Others may subscribe as well.</param>
/// <param name="CorrelationId">The flow that it begins; null: its key or its trace.</param>
internal sealed record OutgoingMessage(
    Type MessageType,
    string WireName,
    MessageKind Kind,
    Func<object, string> Key,
    Func<object, long> Version,
    IReadOnlyList<string> RequiredBy,
    Func<object, string>? CorrelationId = null)
{
    /// <summary>
    /// The queues that every message of this type reaches: a command's own, or <see cref="RequiredBy"/>. An array, because a span's tag
    /// takes one.
    /// </summary>
    public string[] RequiredQueues { get; } = Kind == MessageKind.Command ? [WireName] : [.. RequiredBy];
}
