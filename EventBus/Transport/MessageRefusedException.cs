namespace EventBus.Transport;

/// <summary>
/// The broker will never store this message, for example because it is too large with its headers. It stays in the outbox and holds up no
/// other message; health reports it.
/// </summary>
public sealed class MessageRefusedException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Why the broker refuses it.</param>
    public MessageRefusedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    public MessageRefusedException()
    {
    }

    /// <summary>Creates the exception.</summary>
    public MessageRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
