using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Servers;
using StackExchange.Redis;
using WebApp.Push;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Push;

/// <summary>What one client may take of the hub.</summary>
public sealed class PushLimitTests(TestServers servers)
{
    private const string Visitor = "203.0.113.7";

    /// <summary>Products from here on are followed by no other test.</summary>
    private const int NoOtherTest = 1_000_000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Connection_FollowsOnlyTheProductsOfItsNewestCall_AndAtMost200()
    {
        await using var shop = await Shop.OpenAsync(servers);
        await using var connection = await shop.ConnectToHubAsync();

        for (var call = 0; call < 3; call++)
        {
            await connection.InvokeAsync("FollowProducts", Enumerable.Range(NoOtherTest + (call * 300), 300).ToArray(), Stop);
        }

        Assert.Equal(
            Enumerable.Range(NoOtherTest + 600, PushHub.MostProducts),
            Enumerable.Range(NoOtherTest, 900).Intersect(FollowedProducts(shop)));
        await connection.InvokeAsync("FollowProducts", null, Stop);
        Assert.Empty(Enumerable.Range(NoOtherTest, 900).Intersect(FollowedProducts(shop)));
    }

    [Fact]
    public async Task Connection_FollowsOneOrder()
    {
        await using var shop = await Shop.OpenAsync(servers);
        var tickets = shop.Services.GetRequiredService<OrderTicket>();
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await using var connection = await shop.ConnectToHubAsync();

        await connection.InvokeAsync("FollowOrder", first, tickets.Issue(first), Stop);
        await connection.InvokeAsync("FollowOrder", second, tickets.Issue(second), Stop);
        await Assert.ThrowsAsync<HubException>(() => connection.InvokeAsync("FollowOrder", first, null, Stop));

        var followed = Groups(shop);
        Assert.DoesNotContain(PushHub.OrderGroup(first), followed);
        Assert.Contains(PushHub.OrderGroup(second), followed);
    }

    [Fact]
    public async Task Call_WithTooManyBytes_EndsTheConnection()
    {
        await using var shop = await Shop.OpenAsync(servers);
        await using var connection = await shop.ConnectToHubAsync();

        await Assert.ThrowsAnyAsync<Exception>(
            () => connection.InvokeAsync("FollowOrder", Guid.NewGuid(), new string('a', 100_000), Stop));

        await Eventually.TrueAsync(() => connection.State is HubConnectionState.Disconnected);
    }

    [Fact]
    public async Task Connections_OfOneNetwork_AreLimited_UntilOneIsClosed()
    {
        await using var shop = await Shop.OpenAsync(servers, settings => settings["Push:ConnectionsPerNetwork"] = "2");
        await using var first = await shop.ConnectToHubAsync(Visitor);
        await using var second = await shop.ConnectToHubAsync(Visitor);

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => shop.ConnectToHubAsync(Visitor));
        await using var other = await shop.ConnectToHubAsync("203.0.113.8");
        await first.StopAsync(Stop);

        Assert.Contains("429", refused.GetBaseException().Message, StringComparison.Ordinal);
        await Eventually.SucceedsAsync(async () =>
        {
            await using var again = await shop.ConnectToHubAsync(Visitor);
        });
    }

    [Fact]
    public async Task OtherTransports_AreNotOffered()
    {
        await using var shop = await Shop.OpenAsync(servers);
        using var http = shop.CreateClient();

        using var poll = await http.GetAsync("/live", Stop);
        using var negotiated = await http.PostAsync("/live/negotiate?negotiateVersion=1", content: null, Stop);
        var answer = await negotiated.Content.ReadAsStringAsync(Stop);

        Assert.False(poll.IsSuccessStatusCode, $"{poll.StatusCode}");
        Assert.NotEqual(HttpStatusCode.OK, poll.StatusCode);
        Assert.DoesNotContain("LongPolling", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("ServerSentEvents", answer, StringComparison.Ordinal);
    }

    private static IEnumerable<int> FollowedProducts(Shop shop) =>
        from followed in Groups(shop)
        where followed.StartsWith("product-", StringComparison.Ordinal)
        select int.Parse(followed.AsSpan("product-".Length), CultureInfo.InvariantCulture);

    // Each group that any connection follows is a subscription in Redis, whose name ends with :group:product-7.
    private static string[] Groups(Shop shop)
    {
        var redis = shop.Services.GetRequiredService<IConnectionMultiplexer>();
        return [.. redis.GetServers()[0].SubscriptionChannels().Select(channel => $"{channel}".Split(':')[^1]).Distinct()];
    }
}
