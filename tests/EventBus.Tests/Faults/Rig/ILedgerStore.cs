namespace EventBus.Tests.Faults.Rig;

/// <summary>The store of one service, looked into past the service.</summary>
internal interface ILedgerStore : IAsyncDisposable
{
    /// <summary>The server's name in AppHost.</summary>
    string Server { get; }

    (string Host, int Port) Address { get; }

    /// <summary>The command that a service sends to the store only when it commits.</summary>
    string CommitCommand { get; }

    /// <summary>Settings of a probe that reaches the store by a link at this port.</summary>
    IEnumerable<KeyValuePair<string, string>> SettingsThrough(int port);

    Task<long> CountSalesAsync();

    Task<long> CountEffectsAsync();

    /// <summary>Messages in the outbox, delayed ones included.</summary>
    Task<long> CountWaitingAsync();

    Task<Books> ReadAsync();
}

/// <param name="Sales">The sales that were committed.</param>
/// <param name="Effects">The effects of handlers, in order.</param>
/// <param name="Stock">The remaining stock of each order.</param>
internal sealed record Books(IReadOnlyList<Sale> Sales, IReadOnlyList<Done> Effects, IReadOnlyDictionary<int, int> Stock)
{
    public const int StartOfStock = 1000;

    /// <summary>Of orders, not of charges: each has its answer.</summary>
    public int Taken => Effects.Count(done => done.Version > 0);
}

internal sealed record Sale(int OrderId, long Version);

internal sealed record Done(Guid MessageId, string What, int OrderId, long Version);
