using System.Diagnostics;
using Servers;

namespace Journeys;

/// <summary>A long outage of the broker under load. Takes a quarter of an hour, so it runs with tests/run-long.</summary>
[Collection("Outages")]
public sealed class BrokerOutageJourneys(Shop shop)
{
    private const int Customers = 3;
    private static readonly TimeSpan Outage = TimeSpan.FromMinutes(10);

    /// <summary>A guest's token expires after ten minutes.</summary>
    private static readonly TimeSpan TokensLast = TimeSpan.FromMinutes(9);
    private static readonly TimeSpan BetweenPurchases = TimeSpan.FromSeconds(20);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task Ten_minutes_without_the_broker_lose_no_order_and_each_customers_oldest_order_goes_on_first()
    {
        var products = await Warehouse.FillAsync(shop.Address, Shop.AdminPassword, Stop);
        using var load = await ShopLoad.StartAsync(shop.App, visitsPerSecond: 2, Stop);
        await load.CountsAsync("checkout to paid", 5, Stop);
        var customers = await Task.WhenAll(Enumerable.Range(0, Customers).Select(_ => shop.GuestAsync(Stop)));
        var orders = customers.ToDictionary(customer => customer, _ => new List<Uri>());

        await using (await Servers.Outage.BeginAsync(shop.App, "messaging", Failure.Stopped, Stop))
        {
            var started = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(started) < TokensLast)
            {
                foreach (var customer in customers)
                {
                    orders[customer].Add(await customer.BuyAsync(products[0], quantity: 1, Cards.Good, Stop));
                }

                await Task.Delay(BetweenPurchases, Stop);
            }

            await Task.Delay(Outage - Stopwatch.GetElapsedTime(started), Stop);
        }

        // The load generator gives up waiting for an order after two minutes; its books wait longer.
        var failures = await load.FailuresAsync(Stop);
        Assert.DoesNotContain(failures, failure => !failure.StartsWith("checkout to paid: not in time", StringComparison.Ordinal));
        await shop.App.ResourceNotifications.WaitForResourceHealthyAsync("messaging", Stop);
        var admin = await shop.AdminAsync(Stop);
        foreach (var customer in customers)
        {
            List<int> numbers = [];
            foreach (var order in orders[customer])
            {
                await admin.OrderReachesAsync(order, "Paid", Stop);
                numbers.Add(await admin.NumberOfAsync(order, Stop));
            }

            Assert.Equal(numbers.Order(), numbers);
        }

        Assert.True(await load.FinishAsync(Stop), string.Join(Environment.NewLine, load.Lines));
    }
}
