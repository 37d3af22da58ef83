namespace EventBus.Redis;

/// <summary>A condition of a <see cref="RedisUnitOfWork"/> did not hold when the bus committed it. The bus tries again.</summary>
public sealed class UnitOfWorkConflictException : Exception
{
    /// <summary>Creates the exception with its standard message.</summary>
    public UnitOfWorkConflictException()
        : base("Another transaction changed what the handler had read.")
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
