namespace EventBus.Failure;

/// <summary>Judges the exceptions of a store.</summary>
internal interface IStoreFaults
{
    /// <param name="fault">What handling a message ended with; its inner exceptions count too.</param>
    FaultKind Judge(Exception fault);
}

/// <summary>What an exception says about the next try.</summary>
internal enum FaultKind
{
    /// <summary>The handler failed; another try may fail too.</summary>
    Handler,

    /// <summary>A conflict with another transaction: worth trying again at once.</summary>
    Conflict,

    /// <summary>The store of the service cannot be reached: no message can be handled now.</summary>
    StoreUnavailable,
}
