using System.Net.Http.Json;
using Contracts.Catalog;
using Contracts.Ordering;

namespace Ordering.Api.Tests.Orders;

public sealed class OrderFlowTests(SharedOrdering shared)
{
    private readonly OrderingApp _app = shared.App;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_order_goes_from_checkout_to_shipped_and_each_step_is_published()
    {
        var checkout = Checkouts.Of();
        using var admin = _app.AsAdmin();

        _app.CheckOut(checkout);
        var placed = await _app.World.PublishedAsync<OrderPlaced>(m => m.OrderId == checkout.OrderId);
        _app.Reserve(checkout.OrderId);
        await _app.ReachesAsync(checkout, "Paid");
        using var shipped = await admin.PostAsJsonAsync(
            $"api/orders/{checkout.OrderId}/ship", new { carrier = " DHL ", trackingNumber = "0034 0434" }, Stop);
        var order = await _app.ReachesAsync(checkout, "Shipped");

        shipped.EnsureSuccessStatusCode();
        Assert.Equal(["Submitted", "StockReserved", "Paid", "Shipped"], order.Statuses());
        Assert.Null(order["cancelReasonCode"]);
        Assert.Equal(59.97m, (decimal)order["total"]!);
        Assert.Equal("EUR", (string)order["currency"]!);
        Assert.Equal("Trail Lamp", (string)order["lines"]![0]!["productName"]!);
        Assert.Equal(
            [
                "id", "number", "status", "placedAt", "total", "refunded", "currency", "lines", "buyerName", "buyerEmail",
                "shippingAddress", "payment", "carrier", "trackingNumber", "timeline", "refunds", "cancelReasonCode", "cancelReason",
            ],
            order.AsObject().Select(member => member.Key));

        Assert.Matches("^SH-[1-9][0-9]{4,}$", (string)order["number"]!);
        Assert.Equal(
            (DateTimeOffset)order["timeline"]![0]!["at"]!, (DateTimeOffset)order["placedAt"]!, precision: TimeSpan.FromMilliseconds(1));
        Assert.Equal(("Ada Buyer", "ada@example.com"), ((string)order["buyerName"]!, (string)order["buyerEmail"]!));
        Assert.Equal("1 Harbour Road", (string)order["shippingAddress"]!["street"]!);
        Assert.Equal("""{"brand":"Visa","last4":"4242"}""", order["payment"]!.ToJsonString());
        Assert.Equal(("DHL", "0034 0434"), ((string)order["carrier"]!, (string)order["trackingNumber"]!));

        Assert.Equal(7, placed.Lines[0].ProductId);
        Assert.Equal((string)order["number"]!, placed.Number);
        Assert.Equal(checkout.BuyerId, placed.BuyerId);
        Assert.Equal(1, placed.Version);
        Assert.Equal(2, (await _app.World.PublishedAsync<OrderStockReserved>(m => m.OrderId == checkout.OrderId)).Version);
        Assert.Equal(59.97m, (await _app.World.PublishedAsync<OrderPaid>(m => m.OrderId == checkout.OrderId)).Total);
        Assert.Equal(4, (await _app.World.PublishedAsync<OrderShipped>(m => m.OrderId == checkout.OrderId)).Version);
    }

    [Fact]
    public async Task A_checkout_published_twice_is_one_order()
    {
        var checkout = Checkouts.Of();

        _app.CheckOut(checkout);
        var again = _app.CheckOut(checkout);
        await _app.World.HandledAsync(again);
        _app.Reserve(checkout.OrderId);
        await _app.World.PublishedAsync<OrderPaid>(m => m.OrderId == checkout.OrderId);

        // The messages of one order keep their order: a second one would have been published before the payment.
        Assert.Single(_app.World.Broker.Published<OrderPlaced>(), m => m.OrderId == checkout.OrderId);
    }

    [Fact]
    public async Task A_reservation_published_twice_takes_one_payment()
    {
        var checkout = await _app.OrderInAsync("Paid");

        var again = _app.Reserve(checkout.OrderId);
        await _app.World.HandledAsync(again);

        var order = await _app.ReachesAsync(checkout, "Paid");
        Assert.Equal(["Submitted", "StockReserved", "Paid"], order.Statuses());
        Assert.Equal(1, await _app.World.ReadAsync<int>($"select attempts from payments where order_id = '{checkout.OrderId}'"));
    }

    [Fact]
    public async Task Rejected_stock_cancels_the_order_and_names_the_products()
    {
        var checkout = await _app.OrderInAsync("Submitted");

        _app.Reject(checkout.OrderId, new StockShortage(7, 2, 1), new StockShortage(9, 1, 0));
        var order = await _app.ReachesAsync(checkout, "Cancelled");

        const string Reason = "Not enough stock: Trail Lamp (2 wanted, 1 left); Summit Rope (1 wanted, none left).";
        Assert.Equal((CancelReasons.OutOfStock, Reason), ((string)order["cancelReasonCode"]!, (string)order["cancelReason"]!));
        var cancelled = await _app.World.PublishedAsync<OrderCancelled>(m => m.OrderId == checkout.OrderId);
        Assert.Equal((CancelReasons.OutOfStock, Reason), (cancelled.ReasonCode, cancelled.Reason));
    }

    [Fact]
    public async Task A_rejection_that_comes_after_the_reservation_changes_nothing()
    {
        var checkout = await _app.OrderInAsync("Paid");

        await _app.World.HandledAsync(_app.Reject(checkout.OrderId, new StockShortage(7, 2, 0)));

        Assert.Equal("Paid", (string)(await _app.ReachesAsync(checkout, "Paid"))["status"]!);
    }

    [Fact]
    public async Task A_reservation_that_comes_after_the_cancellation_takes_no_payment()
    {
        var checkout = await _app.OrderInAsync("Cancelled");

        await _app.World.HandledAsync(_app.Reserve(checkout.OrderId));

        var order = await _app.ReachesAsync(checkout, "Cancelled");
        Assert.Equal(["Submitted", "Cancelled"], order.Statuses());

        // The command to take the payment would be published with a new version of the order.
        Assert.Equal(2, await _app.World.ReadAsync<long>($"select version from orders where id = '{checkout.OrderId}'"));
        Assert.Equal(0, await _app.World.ReadAsync<long>($"select count(*) from payments where order_id = '{checkout.OrderId}'"));
    }

    [Fact]
    public async Task A_reservation_that_comes_before_its_order_is_tried_again()
    {
        var checkout = Checkouts.Of();

        _app.Reserve(checkout.OrderId);
        _app.CheckOut(checkout);

        var order = await _app.ReachesAsync(checkout, "Paid");
        Assert.Equal(["Submitted", "StockReserved", "Paid"], order.Statuses());
    }
}
