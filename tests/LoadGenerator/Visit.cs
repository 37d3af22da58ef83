using System.Diagnostics;
using System.Text.Json.Nodes;

namespace LoadGenerator;

/// <summary>
/// One shopper: looks around and searches; half of them buy. Some pay with a card that is declined, and some cancel.
/// </summary>
internal sealed class Visit(ShopClient shop, PlacedOrders orders, Random random, TimeProvider clock)
{
    private static readonly string[] Searches = ["teapot", "lamp", "linen", "oak", "mug", "blue", "brasss", "wodden bowl"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <param name="due">When the shopper came, as a timestamp.</param>
    /// <param name="cancellationToken">Ends the visit.</param>
    public async Task RunAsync(long due, CancellationToken cancellationToken)
    {
        var list = await GetAsync("list", "api/catalog/items?inStock=true&pageSize=20&pageIndex=0", null, due, cancellationToken);
        await GetAsync("search", $"api/catalog/items?name={Uri.EscapeDataString(Pick(Searches))}", null, null, cancellationToken);
        if (list?["data"] is not JsonArray { Count: > 0 } products || random.NextDouble() < 0.5)
        {
            return;
        }

        var product = (int)products[random.Next(products.Count)]!["id"]!;
        await GetAsync("item", $"api/catalog/items/{product}", null, null, cancellationToken);
        var guest = await SendAsync("guest", HttpMethod.Post, "api/identity/guest", null, null, cancellationToken);
        if ((string?)guest?["accessToken"] is not { } token
            || await SendAsync(
                "add", HttpMethod.Post, "api/basket/items", token, new { productId = product, quantity = 1 }, cancellationToken) is null)
        {
            return;
        }

        await CheckOutAsync(token, cancellationToken);
    }

    private async Task CheckOutAsync(string token, CancellationToken cancellationToken)
    {
        var (card, ends, cancels) = random.NextDouble() switch
        {
            < 0.1 => (Cards.Declined, "Cancelled", false),
            < 0.2 => (Cards.Accepted, "Cancelled", true),
            _ => (Cards.Accepted, "Paid", false),
        };
        var started = Stopwatch.GetTimestamp();
        var request = new HttpRequestMessage(HttpMethod.Post, "api/basket/checkout")
        {
            Headers = { { "Idempotency-Key", Guid.NewGuid().ToString() } },
            Content = JsonContent.Create(new
            {
                buyerName = "Load Generator",
                buyerEmail = "load@example.com",
                shippingAddress = new { street = "1 Harbour Road", city = "Porto", country = "Portugal", zipCode = "4000-001" },
                card = new { number = card, holder = "Load Generator", expiration = "12/40", securityCode = "123" },
            }),
        };
        if (await shop.SendAsync("checkout", request, token, due: null, cancellationToken) is not { } accepted)
        {
            return;
        }

        var order = new PlacedOrder((Guid)accepted["orderId"]!, token);
        orders.Add(order);
        if (cancels)
        {
            await CancelAsync(order, cancellationToken);
        }

        if (await FollowAsync(order, cancellationToken) is { } status && status == ends && ends == "Paid")
        {
            shop.Measure("checkout to paid", Stopwatch.GetElapsedTime(started));
        }
    }

    private async Task CancelAsync(PlacedOrder order, CancellationToken cancellationToken)
    {
        // The order may not be placed yet.
        if (await UntilAsync(order, _ => true, cancellationToken) is not null)
        {
            await SendAsync("cancel", HttpMethod.Post, $"api/orders/{order.Id}/cancel", order.Token, null, cancellationToken);
        }
    }

    private async Task<string?> FollowAsync(PlacedOrder order, CancellationToken cancellationToken)
    {
        var status = await UntilAsync(order, status => status is "Paid" or "Shipped" or "Cancelled", cancellationToken);
        if (status is null)
        {
            shop.Fail("checkout to paid", "not in time");
        }

        return status;
    }

    /// <summary>Asks in growing intervals, as the page of an order does without live updates. Null after two minutes.</summary>
    private async Task<string?> UntilAsync(PlacedOrder order, Func<string, bool> isReached, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        for (var started = clock.GetTimestamp(); clock.GetElapsedTime(started) < Patience;)
        {
            if (await shop.StatusAsync(order, cancellationToken) is { } status && isReached(status))
            {
                return status;
            }

            await Task.Delay(pause, clock, cancellationToken);
            pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause;
        }

        return null;
    }

    private Task<JsonNode?> GetAsync(string operation, string path, string? token, long? due, CancellationToken cancellationToken) =>
        shop.SendAsync(operation, new HttpRequestMessage(HttpMethod.Get, path), token, due, cancellationToken);

    private Task<JsonNode?> SendAsync(
        string operation, HttpMethod method, string path, string? token, object? body, CancellationToken cancellationToken) =>
        shop.SendAsync(
            operation,
            new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) },
            token, due: null, cancellationToken);

    private string Pick(string[] words) => words[random.Next(words.Length)];

    private static class Cards
    {
        public const string Accepted = "4242424242424242";
        public const string Declined = "4000000000000002";
    }
}
