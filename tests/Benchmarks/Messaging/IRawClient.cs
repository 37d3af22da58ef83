namespace Benchmarks.Messaging;

/// <summary>A broker's client library alone: the baseline for the other measurements.</summary>
internal interface IRawClient : IAsyncDisposable
{
    /// <summary>The name of the library.</summary>
    string Title { get; }

    /// <summary>Messages per second, one after the other.</summary>
    Task<double> PublishAwaitedAsync(TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Messages per second, 500 at a time.</summary>
    Task<double> PublishPipelinedAsync(TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Messages per second, each acknowledged.</summary>
    Task<double> ConsumeAsync(int count, CancellationToken cancellationToken);

    /// <summary>Milliseconds from the call of publish to the consumer, one message at a time.</summary>
    Task<IReadOnlyList<double>> HopAsync(int count, TimeSpan pause, CancellationToken cancellationToken);

    /// <summary>Empties a queue of the bus.</summary>
    Task PurgeAsync(string queue, CancellationToken cancellationToken);
}
