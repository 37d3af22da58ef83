using ServiceBusBroker.Amqp;

namespace ServiceBusBroker.Queues;

/// <summary>The messages of one session. A queue without sessions has a single lane, from which all its consumers receive.</summary>
internal sealed class Lane(string? sessionId)
{
    public string? SessionId => sessionId;

    /// <summary>Messages that may be delivered, the oldest first: one that is returned goes back to its place.</summary>
    public PriorityQueue<StoredMessage, long> Ready { get; } = new();

    /// <summary>The consumer that has locked the session.</summary>
    public Consumer? Owner { get; set; }

    public DateTimeOffset LockedUntil { get; set; }

    /// <summary>All of its messages, also locked and scheduled ones.</summary>
    public int Count { get; set; }

    /// <summary>It waits for a consumer that accepts the next session.</summary>
    public bool IsOffered { get; set; }
}
