using System.Net;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Servers;

namespace Journeys;

[CollectionDefinition("Outages", DisableParallelization = true)]
public sealed class Outages;

/// <summary>A service does not need the others to answer its own clients. Runs alone, because other journeys need every part.</summary>
[Collection("Outages")]
public sealed class OutageJourneys(Shop shop)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("catalog-api")]
    [InlineData("ordering-api")]
    public async Task A_checkout_is_accepted_while_another_part_is_down_and_completed_when_it_is_up_again(string part)
    {
        var guest = await shop.GuestAsync(Stop);
        await guest.PutIntoBasketAsync(productId: 31, quantity: 1, Stop);
        HttpResponseMessage accepted;
        await using (await Outage.BeginAsync(shop.App, part, Failure.Stopped, Stop))
        {
            accepted = await guest.CheckOutAsync(Cards.Good, Guid.NewGuid().ToString(), Stop);
        }

        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        await shop.App.ResourceNotifications.WaitForResourceHealthyAsync(part, Stop);
        await guest.OrderReachesAsync(accepted.Headers.Location!, "Paid", Stop);
    }

    [Theory]
    [InlineData("postgres")]
    [InlineData("messaging")]
    [InlineData("basketstore")]
    [InlineData("cache")]
    public async Task No_order_is_lost_when_a_server_is_stopped_started_and_restarted(string server)
    {
        var model = shop.App.Services.GetRequiredService<DistributedApplicationModel>();
        Assert.SkipUnless(
            model.Resources.Single(resource => resource.Name == server) is ExecutableResource,
            "A container without a volume is empty when it starts again.");
        var guest = await shop.GuestAsync(Stop);
        List<Uri> orders = [await guest.BuyAsync(productId: 32, quantity: 1, Cards.Good, Stop)];

        await shop.App.ExecuteAsync(server, "stop", KnownResourceStates.TerminalStates, Stop);
        if (server == "messaging")
        {
            // A checkout needs the other servers, but not the broker.
            orders.Add(await guest.BuyAsync(productId: 31, quantity: 1, Cards.Good, Stop));
        }

        await shop.App.ExecuteAsync(server, "start", [KnownResourceStates.Running], Stop);
        await shop.App.ResourceNotifications.WaitForResourceHealthyAsync(server, Stop);
        await Task.WhenAll(orders.Select(order => guest.OrderReachesAsync(order, "Paid", Stop)));

        var first = shop.App.ProcessIdOf(server);
        await shop.App.ExecuteAsync(server, "restart", [KnownResourceStates.Running], Stop);
        await shop.App.ResourceNotifications.WaitForResourceHealthyAsync(server, Stop);

        Assert.NotEqual(first, shop.App.ProcessIdOf(server));
        await Task.WhenAll(Shop.Apps.Select(app => shop.AnswersHealthyAsync(app, Stop)));
        await guest.OrderReachesAsync(await guest.BuyAsync(productId: 33, quantity: 1, Cards.Good, Stop), "Paid", Stop);
    }
}
