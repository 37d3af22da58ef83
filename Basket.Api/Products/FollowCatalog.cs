namespace Basket.Api.Products;

/// <summary>
/// Reads Catalog's change feed in the background: at once and to its end while the replica is incomplete (new, or lost with the data of
/// Redis), and now and then afterwards, for changes whose events were lost. No request waits for it.
/// </summary>
public sealed partial class FollowCatalog(
    Replica replica, ProductStore products, IServiceScopeFactory scopes, TimeProvider clock,
    ILogger<FollowCatalog> logger) : BackgroundService
{
    private static readonly TimeSpan CheckInterval = TimeSpan.FromMilliseconds(250);

    private bool _isFailing;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(CheckInterval, clock);

        do
        {
            await TryFollowAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task TryFollowAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await replica.TakeTurnAsync().WaitAsync(cancellationToken))
            {
                await FollowAsync(cancellationToken);
                _isFailing = false;
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (!_isFailing)
            {
                LogFailed(exception);
            }

            _isFailing = true;
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var feed = scope.ServiceProvider.GetRequiredService<CatalogFeed>();
        var wasComplete = await replica.IsCompleteAsync().WaitAsync(cancellationToken);
        var state = await replica.OpenAsync().WaitAsync(cancellationToken);
        var position = state.Position;
        FeedPage page;

        do
        {
            page = await feed.ReadAsync(position, cancellationToken);
            await products.ApplyAsync(page.Changes).WaitAsync(cancellationToken);
            position = page.Next;

            if (!await replica.TryMoveAsync(state, position, isComplete: !page.HasMore).WaitAsync(cancellationToken))
            {
                return; // The data of Redis was lost; the next turn begins a new replica.
            }
        }
        while (page.HasMore);

        if (!wasComplete)
        {
            LogComplete();
        }
    }
}
