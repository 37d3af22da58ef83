namespace Ordering.Api.Tests;

/// <summary>One running Ordering.Api for all tests that need no settings of their own; each works on orders of its own.</summary>
public sealed class SharedOrdering : IAsyncLifetime
{
    public OrderingApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync() => App = await OrderingApp.StartAsync(CancellationToken.None);

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
