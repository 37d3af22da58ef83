using Servers;

namespace Journeys.ScaleOut;

/// <summary>Several processes of each app. Takes minutes and starts a second shop, so it runs with tests/run-long.</summary>
[Collection("Outages")]
public sealed class ScaleOutJourneys
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task While_each_replica_is_restarted_no_request_of_a_shopper_fails_and_the_books_are_right()
    {
        await using var shop = new ShopInReplicas();
        await shop.InitializeAsync();
        using var load = await ShopLoad.StartAsync(shop.App, visitsPerSecond: 4, Stop);
        await load.CountsAsync("checkout to paid", 10, Stop);

        foreach (var app in Shop.Apps)
        {
            var replicas = await shop.App.ReplicasOfAsync(app, Stop);
            Assert.Equal(ShopInReplicas.Replicas, replicas.Count);
            foreach (var replica in replicas)
            {
                await shop.App.RestartAsync(app, replica, Stop);
            }
        }

        var failures = await load.FailuresAsync(Stop);
        var areRight = await load.FinishAsync(Stop);
        Assert.Empty(failures);
        Assert.True(areRight, string.Join(Environment.NewLine, load.Lines));
    }
}
