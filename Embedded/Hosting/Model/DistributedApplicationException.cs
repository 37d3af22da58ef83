namespace Aspire.Hosting;

/// <summary>The model is wrong or cannot be run; the message says what to change.</summary>
public class DistributedApplicationException : Exception
{
    /// <summary>An exception without a message.</summary>
    public DistributedApplicationException()
    {
    }

    /// <summary>An exception that says what is wrong.</summary>
    public DistributedApplicationException(string message)
        : base(message)
    {
    }

    /// <summary>An exception that says what is wrong and why.</summary>
    public DistributedApplicationException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

/// <summary>A parameter has neither a configured value nor a default.</summary>
public class MissingParameterValueException : DistributedApplicationException
{
    /// <summary>An exception that names the parameter and how to set it.</summary>
    public MissingParameterValueException(string message)
        : base(message)
    {
    }

    /// <summary>An exception that names the parameter and how to set it, and why reading it failed.</summary>
    public MissingParameterValueException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
