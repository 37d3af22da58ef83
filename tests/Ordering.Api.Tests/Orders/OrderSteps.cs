using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Contracts.Basket;
using Contracts.Catalog;
using Contracts.Ordering;

namespace Ordering.Api.Tests.Orders;

/// <summary>What other services publish about orders, and how a buyer sees them.</summary>
internal static class OrderSteps
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static Guid CheckOut(this OrderingApp app, BasketCheckedOut checkout) => app.World.Publish(checkout, checkout.OrderId);

    public static Guid Reserve(this OrderingApp app, Guid orderId, TimeSpan? hold = null) => app.World.Publish(
        new StockReserved(orderId, TimeProvider.System.GetUtcNow() + (hold ?? TimeSpan.FromMinutes(15))), orderId);

    public static Guid Reject(this OrderingApp app, Guid orderId, params StockShortage[] shortages) =>
        app.World.Publish(new StockRejected(orderId, shortages), orderId);

    /// <summary>Checks out and brings the order to this status.</summary>
    public static async Task<BasketCheckedOut> OrderInAsync(this OrderingApp app, string status, Guid? buyerId = null)
    {
        // A buyer without an answer from Catalog stays Submitted; one with a slow card stays StockReserved for a while.
        var checkout = Checkouts.Of(buyerId, status is "StockReserved" ? "3220" : "4242");
        app.CheckOut(checkout);
        await app.World.PublishedAsync<OrderPlaced>(m => m.OrderId == checkout.OrderId);

        if (status is "StockReserved" or "Paid" or "Shipped")
        {
            app.Reserve(checkout.OrderId);
            await app.ReachesAsync(checkout, status is "StockReserved" ? "StockReserved" : "Paid");
        }

        if (status is "Shipped")
        {
            (await app.AsAdmin().PostAsync($"api/orders/{checkout.OrderId}/ship", content: null, Stop)).EnsureSuccessStatusCode();
        }

        if (status is "Cancelled")
        {
            (await app.As(checkout.BuyerId).PostAsync($"api/orders/{checkout.OrderId}/cancel", content: null, Stop))
                .EnsureSuccessStatusCode();
        }

        return checkout;
    }

    public static async Task<JsonNode> ReachesAsync(this OrderingApp app, BasketCheckedOut checkout, string status)
    {
        using var http = app.As(checkout.BuyerId);
        var order = await Eventually.AsksAsync(() => http.SeeAsync(checkout.OrderId), order => (string?)order?["status"] == status);
        return order!;
    }

    /// <summary>Refunds as an administrator.</summary>
    public static async Task<JsonNode?> RefundAsync(this HttpClient admin, Guid orderId, decimal amount, string reason, string? key = null)
    {
        using var response = await admin.AskForRefundAsync(orderId, amount, reason, key ?? $"{Guid.NewGuid()}");
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(Stop));
    }

    public static async Task<HttpResponseMessage> AskForRefundAsync(
        this HttpClient admin, Guid orderId, decimal amount, string? reason, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/orders/{orderId}/refunds")
        {
            Headers = { { "Idempotency-Key", key } },
            Content = JsonContent.Create(new { amount, reason }),
        };
        return await admin.SendAsync(request, Stop);
    }

    /// <summary>The order as this person sees it; null when there is none for them.</summary>
    public static async Task<JsonNode?> SeeAsync(this HttpClient http, Guid orderId)
    {
        using var response = await http.GetAsync($"api/orders/{orderId}", Stop);
        return response.StatusCode is HttpStatusCode.OK ? JsonNode.Parse(await response.Content.ReadAsStringAsync(Stop)) : null;
    }

    public static string[] Statuses(this JsonNode order) =>
        [.. order["timeline"]!.AsArray().Select(step => (string)step!["status"]!)];

    public static string? LastReason(this JsonNode order) => (string?)order["timeline"]!.AsArray()[^1]!["reason"];
}
