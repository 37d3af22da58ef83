using System.Net;
using System.Text.Json.Nodes;
using Contracts.Ordering;

namespace Ordering.Api.Tests.Orders;

public sealed class CancelOrderTests(SharedOrdering shared)
{
    private readonly OrderingApp _app = shared.App;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Submitted", "Cancelled by the buyer.")]
    [InlineData("Paid", "Cancelled by the buyer. The payment is refunded to the card.")]
    public async Task Cancel_BeforeShipping_SaysWhyAndWhatHappensToThePayment(string status, string reason)
    {
        var checkout = await _app.OrderInAsync(status);

        var (answer, order) = await CancelAsync(_app.As(checkout.BuyerId), checkout.OrderId);

        Assert.Equal(HttpStatusCode.OK, answer);
        Assert.Equal("Cancelled", (string)order["status"]!);
        Assert.Equal((CancelReasons.CancelledByBuyer, reason), ((string)order["cancelReasonCode"]!, (string)order["cancelReason"]!));
        Assert.Equal(reason, order.LastReason());
        var cancelled = await _app.World.PublishedAsync<OrderCancelled>(m => m.OrderId == checkout.OrderId);
        Assert.Equal((CancelReasons.CancelledByBuyer, reason), (cancelled.ReasonCode, cancelled.Reason));
    }

    [Fact]
    public async Task Cancel_Again_AnswersTheSameAndPublishesNothing()
    {
        var checkout = await _app.OrderInAsync("Cancelled");

        var (answer, order) = await CancelAsync(_app.As(checkout.BuyerId), checkout.OrderId);

        Assert.Equal(HttpStatusCode.OK, answer);
        Assert.Equal(["Submitted", "Cancelled"], order.Statuses());
        await _app.World.PublishedAsync<OrderCancelled>(m => m.OrderId == checkout.OrderId);
        Assert.Equal(2, await _app.World.ReadAsync<long>($"select version from orders where id = '{checkout.OrderId}'"));
        Assert.Single(_app.World.Broker.Published<OrderCancelled>(), m => m.OrderId == checkout.OrderId);
    }

    [Fact]
    public async Task Cancel_Shipped_IsRefusedWithTheReason()
    {
        var checkout = await _app.OrderInAsync("Shipped");

        var (answer, problem) = await CancelAsync(_app.As(checkout.BuyerId), checkout.OrderId);

        Assert.Equal(HttpStatusCode.Conflict, answer);
        Assert.Equal("The order cannot be cancelled any more", (string)problem["title"]!);
        Assert.Equal("It is Shipped.", (string)problem["detail"]!);
        await _app.ReachesAsync(checkout, "Shipped");
    }

    [Fact]
    public async Task Cancel_ByAnAdmin_SaysSo()
    {
        var checkout = await _app.OrderInAsync("Submitted");

        var (answer, order) = await CancelAsync(_app.AsAdmin(), checkout.OrderId);

        Assert.Equal(HttpStatusCode.OK, answer);
        Assert.Equal(CancelReasons.CancelledByShop, (string)order["cancelReasonCode"]!);
    }

    [Fact]
    public async Task Cancel_Paid_GivesTheMoneyBack()
    {
        var checkout = await _app.OrderInAsync("Paid");

        await CancelAsync(_app.As(checkout.BuyerId), checkout.OrderId);

        await Eventually.AsksAsync(
            () => _app.World.ReadAsync<string>($"select status from payments where order_id = '{checkout.OrderId}'"),
            status => status == "Refunded");
    }

    [Fact]
    public async Task Cancel_WhileTheCardIsBeingCharged_LeavesNothingCharged()
    {
        var checkout = await _app.OrderInAsync("StockReserved"); // With a card that takes three seconds.

        var (answer, _) = await CancelAsync(_app.As(checkout.BuyerId), checkout.OrderId);

        Assert.Equal(HttpStatusCode.OK, answer);
        // The books of the provider: the refund came first and closed them, so the charge, when it came, was declined.
        await Eventually.AsksAsync(
            () => _app.World.ReadAsync<bool>($"select cancelled from simulated_charges where order_id = '{checkout.OrderId}'"),
            isCancelled => isCancelled);
        await _app.World.HandledAsync<TakePayment>("ordering.take-payment", command => command.OrderId == checkout.OrderId);
        Assert.False(await _app.World.ReadAsync<bool>($"select charged from simulated_charges where order_id = '{checkout.OrderId}'"));
        Assert.Equal(["Submitted", "StockReserved", "Cancelled"], (await _app.ReachesAsync(checkout, "Cancelled")).Statuses());
    }

    [Fact]
    public async Task Ship_OnlyAPaidOrder_IsAllowed()
    {
        var checkout = await _app.OrderInAsync("Submitted");

        using var refused = await _app.AsAdmin().PostAsync($"api/orders/{checkout.OrderId}/ship", content: null, Stop);
        using var unknown = await _app.AsAdmin().PostAsync($"api/orders/{Guid.NewGuid()}/ship", content: null, Stop);

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    private static async Task<(HttpStatusCode Answer, JsonNode Body)> CancelAsync(HttpClient http, Guid orderId)
    {
        using var response = await http.PostAsync($"api/orders/{orderId}/cancel", content: null, Stop);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(Stop))!);
    }
}
