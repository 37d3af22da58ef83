using Flows.Stitching;

namespace Flows.Topology;

/// <summary>
/// One path of messages of one type: from a service through a queue to a service. <see cref="Queue"/> is null if no receiver took the
/// message, <see cref="Service"/> is null while no receiver has reported it.
/// </summary>
public sealed record Edge(string Type, string Kind, string? From, string? Queue, string? Service)
{
    public required int Messages { get; init; }

    /// <summary>Attempts that ended in an error.</summary>
    public required int Failures { get; init; }

    public required int DeadLettered { get; init; }

    /// <summary>Messages that were published and not received yet.</summary>
    public required int Waiting { get; init; }

    /// <summary>The age of the oldest message that waits.</summary>
    public required TimeSpan? OldestAge { get; init; }

    public required double PerMinute { get; init; }
    public required WaitTimes? Times { get; init; }

    /// <summary>The message that took the longest, or waits the longest.</summary>
    public required SentMessage Worst { get; init; }
}
