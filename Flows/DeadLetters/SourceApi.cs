namespace Flows.DeadLetters;

/// <summary>How many dead letters there are in each queue of a source.</summary>
public sealed record QueueCounts(IReadOnlyList<QueueCount> Queues)
{
    public long Total => Queues.Sum(queue => queue.Count);
}

public sealed record QueueCount(string Queue, long Count);

/// <summary>What a source did, or with a dry run would do.</summary>
/// <param name="Messages">The ids of the dead letters.</param>
/// <param name="Remaining">How many were left because the request would have taken too long; repeat it for them.</param>
public sealed record ActionReport(IReadOnlyList<string> Messages, int Remaining);

/// <summary>A source does not answer, or refuses; the message says why, and what to do.</summary>
public sealed class SourceFaultException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The source refuses what it was sent, for example an edited body.</summary>
    public bool IsBadInput { get; init; }
}
