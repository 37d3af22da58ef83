namespace Flows.Stitching;

/// <summary>A message, and the flow that it belongs to.</summary>
/// <param name="IsIdShared">Whether another stored message has the same id.</param>
public sealed record SentMessage(FlowView Flow, FlowMessage Message, bool IsIdShared = false)
{
    /// <summary>Identifies it among all stored messages: its id, with the flow if the id alone does not.</summary>
    public string Id => IsIdShared ? SharedId(Message.Id, Flow) : Message.Id;

    /// <summary>When the message was created, or the first moment that is known of it.</summary>
    public DateTimeOffset At { get; } = Message.CreatedAt
        ?? Message.PublishedAt
        ?? (Message.Deliveries is [var first, ..] ? first.Attempts[0].Wait.HandlingAt : Flow.Start);

    /// <summary>Since when its queues have something to do: a scheduled message waits from the time that it is due.</summary>
    public DateTimeOffset WaitsSince => Message.DueAt > At ? Message.DueAt.Value : At;

    public IEnumerable<string> Queues => Message.Deliveries.Select(delivery => delivery.Queue).Concat(Message.WaitsIn);

    /// <summary>The time from the creation to the end of the last attempt; null if it was not received.</summary>
    public TimeSpan? Took => Message.Deliveries.Count == 0
        ? null
        : Message.Deliveries.Max(delivery => delivery.Last.Wait.EndedAt) - At;

    internal static string SharedId(string id, FlowView flow) => $"{id}@{flow.Key}";
}
