using System.Diagnostics;
using Servers;

namespace Journeys.ScaleOut;

/// <summary>Several processes of each app on Azure Service Bus. Takes minutes, so it runs with tests/run-long.</summary>
[Collection("Outages")]
public sealed class ServiceBusScaleOutJourneys
{
    private static readonly TimeSpan LongestStall = TimeSpan.FromSeconds(5);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task Orders_keep_their_order_and_none_is_lost_while_connections_end_and_a_replica_is_killed()
    {
        await using var shop = new ShopInReplicasOnServiceBus();
        await shop.InitializeAsync();
        var products = await Warehouse.FillAsync(shop.Address, Shop.AdminPassword, Stop);
        using var load = await ShopLoad.StartAsync(shop.App, visitsPerSecond: 2, Stop);
        await load.CountsAsync("checkout to paid", 10, Stop);
        var guest = await shop.GuestAsync(Stop);
        List<Uri> orders = [];

        foreach (var endConnections in (Action[])[shop.Broker.CutConnections, shop.Broker.ForceConnections])
        {
            orders.Add(await guest.BuyAsync(products[0], quantity: 1, Cards.Good, Stop));
            endConnections();
            orders.Add(await guest.BuyAsync(products[0], quantity: 1, Cards.Good, Stop));
            var placed = Stopwatch.GetTimestamp();
            await guest.OrderReachesAsync(orders[^1], "Paid", Stop);
            Assert.InRange(Stopwatch.GetElapsedTime(placed), TimeSpan.Zero, LongestStall);
        }

        foreach (var replica in await shop.App.ReplicasOfAsync("ordering-api", Stop))
        {
            orders.Add(await guest.BuyAsync(products[0], quantity: 1, Cards.Good, Stop));
            await shop.App.KillAndStartAsync("ordering-api", replica, Stop);
        }

        List<int> numbers = [];
        foreach (var order in orders)
        {
            await guest.OrderReachesAsync(order, "Paid", Stop);
            numbers.Add(await guest.NumberOfAsync(order, Stop));
        }

        Assert.Equal(numbers.Order(), numbers);
        Assert.True(await load.FinishAsync(Stop), string.Join(Environment.NewLine, load.Lines));
    }
}
