namespace EventBus.Transport;

/// <summary>A running consumer of one queue. Disposing it returns what was not acknowledged to the broker.</summary>
public interface IConsumerSession : IAsyncDisposable
{
    /// <summary>
    /// Completes when no more messages will come, because the connection, the session or the queue is gone. Faulted when the transport
    /// could not hand out a message.
    /// </summary>
    Task Ended { get; }
}
