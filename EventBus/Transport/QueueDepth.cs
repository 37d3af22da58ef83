namespace EventBus.Transport;

/// <summary>What waits in a queue.</summary>
/// <param name="Ready">Messages that are not handed out yet; null when the broker does not report them.</param>
/// <param name="DeadLetters">Dead letters of the queue.</param>
public readonly record struct QueueDepth(long? Ready, long DeadLetters);
