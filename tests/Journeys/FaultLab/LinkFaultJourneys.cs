using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Aspire.Hosting.Testing;

namespace Journeys.FaultLab;

/// <summary>Connections between apps and servers that are cut or slow.</summary>
[Collection("FaultLab")]
public sealed partial class LinkFaultJourneys(ShopWithFaultLab shop) : IAsyncDisposable
{
    private const int Seconds = 3;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The next journey begins without a fault, also if this one failed.</summary>
    public async ValueTask DisposeAsync() => await shop.AllEndAsync(Stop);

    [Theory]
    [InlineData("messaging", "messaging-basket-api")]
    public async Task A_cut_link_resets_connections_and_an_order_meanwhile_is_completed(string server, string account)
    {
        var guest = await shop.GuestAsync(Stop);
        await guest.PutIntoBasketAsync(productId: 43, quantity: 1, Stop);
        using var open = await ConnectAsync(account);

        await shop.BeginAsync(server, "cut-link", Seconds, Stop);
        using var accepted = await guest.CheckOutAsync(Cards.Good, Guid.NewGuid().ToString(), Stop);

        await IsResetAsync(() => ReadAsync(open));
        await IsResetAsync(async () =>
        {
            using var another = await ConnectAsync(account);
            await ReadAsync(another);
        });
        Assert.True(await shop.IsRunningAsync(server, "cut-link", Stop));
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        await shop.EndsAsync(server, "cut-link", Stop);
        await guest.OrderReachesAsync(accepted.Headers.Location!, "Paid", Stop);
    }

    [Theory(Explicit = true)]
    [InlineData("postgres", "orderingdb")]
    [InlineData("cache", "cache-webapp")]
    public Task Each_other_link_can_be_cut(string server, string account) =>
        A_cut_link_resets_connections_and_an_order_meanwhile_is_completed(server, account);

    [Fact(Explicit = true)]
    public async Task Without_its_store_the_basket_answers_503_and_works_again_after_the_end()
    {
        var guest = await shop.GuestAsync(Stop);
        await guest.PutIntoBasketAsync(productId: 44, quantity: 1, Stop);

        await shop.BeginAsync("basketstore", "cut-link", Seconds, Stop);
        using var refused = await guest.CheckOutAsync(Cards.Good, Guid.NewGuid().ToString(), Stop);
        await shop.EndsAsync("basketstore", "cut-link", Stop);
        await shop.AnswersHealthyAsync("basket-api", Stop);
        using var accepted = await guest.CheckOutAsync(Cards.Good, Guid.NewGuid().ToString(), Stop);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        await guest.OrderReachesAsync(accepted.Headers.Location!, "Paid", Stop);
    }

    [Fact(Explicit = true)]
    public async Task A_slow_link_delays_each_answer_and_an_order_is_completed()
    {
        const int Delay = 300;
        var guest = await shop.GuestAsync(Stop);
        var earlier = await guest.BuyAsync(productId: 45, quantity: 1, Cards.Good, Stop);
        await guest.OrderReachesAsync(earlier, "Paid", Stop);

        await shop.BeginAsync("postgres", "slow-link", Seconds, Stop, $"&milliseconds={Delay}");
        var started = Stopwatch.GetTimestamp();
        await guest.GetAsync(earlier, Stop);
        var slow = Stopwatch.GetElapsedTime(started);
        var order = await guest.BuyAsync(productId: 45, quantity: 1, Cards.Good, Stop);
        await shop.EndsAsync("postgres", "slow-link", Stop);

        // The question and the answer are delayed.
        Assert.True(slow > TimeSpan.FromMilliseconds(2 * Delay), $"A slow request took {slow}.");
        await guest.OrderReachesAsync(order, "Paid", Stop);
        started = Stopwatch.GetTimestamp();
        await guest.GetAsync(order, Stop);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromMilliseconds(2 * Delay), "The link is still slow.");
    }

    private async Task<TcpClient> ConnectAsync(string account)
    {
        var connection = await shop.App.GetConnectionStringAsync(account, Stop);
        var client = new TcpClient();
        await client.ConnectAsync(
            IPAddress.Loopback, int.Parse(Port().Match(connection!).Groups[1].Value, CultureInfo.InvariantCulture), Stop);
        return client;
    }

    private static async Task ReadAsync(TcpClient client) => await client.GetStream().ReadExactlyAsync(new byte[1], Stop);

    private static async Task IsResetAsync(Func<Task> useAsync)
    {
        var fault = await Assert.ThrowsAnyAsync<Exception>(useAsync);
        Assert.Equal(SocketError.ConnectionReset, (fault.GetBaseException() as SocketException)?.SocketErrorCode);
    }

    [GeneratedRegex("(?:Port=|:)([0-9]+)(?:;|,|$)")]
    private static partial Regex Port();
}
