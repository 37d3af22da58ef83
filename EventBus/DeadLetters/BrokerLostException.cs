namespace EventBus.DeadLetters;

/// <summary>
/// The connection to the broker was lost while dead letters were read, replayed or discarded. Those that were not settled are still there.
/// </summary>
public sealed class BrokerLostException : Exception
{
    /// <summary>Creates the exception with its standard message.</summary>
    public BrokerLostException()
        : this(cause: null)
    {
    }

    /// <summary>Creates the exception with its standard message.</summary>
    /// <param name="cause">What ended the session; null when it is not known.</param>
    public BrokerLostException(Exception? cause)
        : this("The connection to the broker was lost; the dead letters that were not settled are still there.", cause)
    {
    }

    /// <summary>Creates the exception.</summary>
    public BrokerLostException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    public BrokerLostException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
