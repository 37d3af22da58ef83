using System.Net;
using Aspire.Hosting.ApplicationModel;

namespace Journeys;

[CollectionDefinition("Outages", DisableParallelization = true)]
public sealed class Outages;

/// <summary>Services do not need one another to answer their own clients. Runs alone: other journeys want every part.</summary>
[Collection("Outages")]
public sealed class OutageJourneys(Shop shop)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("catalog-api")]
    [InlineData("ordering-api")]
    [InlineData("messaging")]
    public async Task A_checkout_is_accepted_while_another_part_is_down_and_happens_when_it_is_back(string part)
    {
        var guest = await shop.GuestAsync(Stop);
        await guest.PutIntoBasketAsync(productId: 31, quantity: 1, Stop);
        await ExecuteAsync(part, "stop", KnownResourceStates.TerminalStates);

        HttpResponseMessage accepted;
        try
        {
            accepted = await guest.CheckOutAsync(Cards.Good, Guid.NewGuid().ToString(), Stop);
        }
        finally
        {
            await ExecuteAsync(part, "start", [KnownResourceStates.Running]);
        }

        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        await shop.App.ResourceNotifications.WaitForResourceHealthyAsync(part, Stop);
        await guest.OrderReachesAsync(accepted.Headers.Location!, "Paid", Stop);
    }

    private async Task ExecuteAsync(string resource, string command, IEnumerable<string> states)
    {
        var result = await shop.App.ResourceCommands.ExecuteCommandAsync(resource, command, Stop);
        Assert.True(result.Success, $"{command} of {resource}: {result.Message}");
        await shop.App.ResourceNotifications.WaitForResourceAsync(resource, states, Stop);
    }
}
