namespace EventBus.Transport;

/// <summary>No queue received the message, although it requires a receiver.</summary>
public sealed class NoReceiverException : Exception
{
    /// <summary>Creates the exception for a message type.</summary>
    /// <param name="type">The wire name of the message.</param>
    public NoReceiverException(string type)
        : base($"No queue receives '{type}'.")
    {
    }

    /// <summary>Creates the exception.</summary>
    public NoReceiverException()
    {
    }

    /// <summary>Creates the exception.</summary>
    public NoReceiverException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
