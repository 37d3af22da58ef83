using Servers;

namespace Journeys;

/// <summary>The load generator of AppHost. No other journey runs at the same time, because it compares the stock with the orders.</summary>
[Collection(nameof(Alone))]
public sealed class LoadJourneys(Shop shop)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [CollectionDefinition(nameof(Alone), DisableParallelization = true)]
    public sealed class Alone;

    [Fact]
    public async Task After_a_load_with_cancellations_and_declined_cards_the_books_are_right()
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        deadline.CancelAfter(Patience);
        using var load = await ShopLoad.StartAsync(shop.App, visitsPerSecond: 10, deadline.Token);

        await load.CountsAsync("checkout to paid", 20, deadline.Token);

        Assert.True(await load.FinishAsync(deadline.Token), string.Join(Environment.NewLine, load.Lines));
    }
}
