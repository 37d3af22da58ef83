namespace EventBus.Tests.Faults.Rig;

/// <summary>The broker of two services, looked into past them.</summary>
internal interface IFaultedBroker : IAsyncDisposable
{
    (string Host, int Port) Address { get; }

    /// <summary>The connection string of a service that reaches the broker by a link at this port.</summary>
    string AddressThrough(int port);

    /// <summary>The messages of a queue of a service that no consumer holds, or also those, if the broker counts them together.</summary>
    Task<long> CountAsync(string queue);

    /// <summary>Events that no queue received; 0 where the broker does not keep them.</summary>
    Task<long> CountUnroutedAsync();

    /// <summary>The dead letters of a queue of a service.</summary>
    Task<long> CountDeadLettersAsync(string queue);
}
