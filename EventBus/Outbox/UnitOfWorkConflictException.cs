namespace EventBus;

/// <summary>A condition of a <see cref="RedisUnitOfWork"/> did not hold at commit inside a handler: somebody else was faster. The bus tries again.</summary>
public sealed class UnitOfWorkConflictException : Exception
{
    /// <summary>Creates the exception with its standard message.</summary>
    public UnitOfWorkConflictException()
        : base("What the handler had read was changed by somebody else before it committed.")
    {
    }

    /// <summary>Creates the exception.</summary>
    public UnitOfWorkConflictException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    public UnitOfWorkConflictException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
