namespace Flows.Topology;

/// <summary>A queue with all its edges.</summary>
public sealed record QueueNode(string Name, int Messages, int Failures, int DeadLettered, int Waiting, TimeSpan? OldestAge)
{
    /// <summary>The services that took messages from the queue.</summary>
    public required IReadOnlyList<string> Receivers { get; init; }
}
