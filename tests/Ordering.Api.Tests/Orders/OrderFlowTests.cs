using Contracts.Catalog;
using Contracts.Ordering;

namespace Ordering.Api.Tests.Orders;

public sealed class OrderFlowTests(SharedOrdering shared)
{
    private readonly OrderingApp _app = shared.App;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_order_goes_from_checkout_to_shipped_and_tells_each_step()
    {
        var checkout = Checkouts.Of();
        using var admin = _app.AsAdmin();

        await _app.CheckOutAsync(checkout);
        var placed = await _app.World.HearsAsync("ordering.order-placed", checkout.OrderId);
        await _app.ReserveAsync(checkout.OrderId);
        await _app.ReachesAsync(checkout, "Paid");
        using var shipped = await admin.PostAsync($"api/orders/{checkout.OrderId}/ship", content: null, Stop);
        var order = await _app.ReachesAsync(checkout, "Shipped");

        shipped.EnsureSuccessStatusCode();
        Assert.Equal(["Submitted", "StockReserved", "Paid", "Shipped"], order.Statuses());
        Assert.Null(order["cancelReasonCode"]);
        Assert.Equal(59.97m, (decimal)order["total"]!);
        Assert.Equal("EUR", (string)order["currency"]!);
        Assert.Equal("Trail Lamp", (string)order["lines"]![0]!["productName"]!);
        Assert.Equal(
            ["id", "status", "total", "currency", "lines", "timeline", "cancelReasonCode", "cancelReason"],
            order.AsObject().Select(member => member.Key));

        Assert.Equal(7, (int)placed.Body["lines"]![0]!["productId"]!);
        Assert.Equal(checkout.BuyerId, (Guid)placed.Body["buyerId"]!);
        Assert.Equal(1, (long)placed.Body["version"]!);
        Assert.Equal(2, (long)(await _app.World.HearsAsync("ordering.order-stock-reserved", checkout.OrderId)).Body["version"]!);
        Assert.Equal(59.97m, (decimal)(await _app.World.HearsAsync("ordering.order-paid", checkout.OrderId)).Body["total"]!);
        var told = await _app.World.HearsAsync("ordering.order-shipped", checkout.OrderId);
        Assert.Equal(4, (long)told.Body["version"]!);
        Assert.Equal($"{checkout.OrderId}", told.CorrelationId);
    }

    [Fact]
    public async Task A_checkout_told_twice_is_one_order()
    {
        var checkout = Checkouts.Of();

        await _app.CheckOutAsync(checkout);
        var again = await _app.CheckOutAsync(checkout);
        await _app.World.HandledAsync(again);
        await _app.ReserveAsync(checkout.OrderId);
        await _app.World.HearsAsync("ordering.order-paid", checkout.OrderId);

        // Everything of one order keeps its order on the way: a second one would have been heard before.
        Assert.Single(_app.World.Find("ordering.order-placed", checkout.OrderId));
    }

    [Fact]
    public async Task A_reservation_told_twice_takes_one_payment()
    {
        var checkout = await _app.OrderInAsync("Paid");

        var again = await _app.ReserveAsync(checkout.OrderId);
        await _app.World.HandledAsync(again);

        var order = await _app.ReachesAsync(checkout, "Paid");
        Assert.Equal(["Submitted", "StockReserved", "Paid"], order.Statuses());
        Assert.Equal(1, await _app.World.ReadAsync<int>($"select attempts from payments where order_id = '{checkout.OrderId}'"));
    }

    [Fact]
    public async Task Rejected_stock_cancels_the_order_and_names_the_products()
    {
        var checkout = await _app.OrderInAsync("Submitted");

        await _app.RejectAsync(checkout.OrderId, new StockShortage(7, 2, 1), new StockShortage(9, 1, 0));
        var order = await _app.ReachesAsync(checkout, "Cancelled");

        const string Reason = "Not enough stock: Trail Lamp (2 wanted, 1 left); Summit Rope (1 wanted, none left).";
        Assert.Equal((CancelReasons.OutOfStock, Reason), ((string)order["cancelReasonCode"]!, (string)order["cancelReason"]!));
        var cancelled = await _app.World.HearsAsync("ordering.order-cancelled", checkout.OrderId);
        Assert.Equal((CancelReasons.OutOfStock, Reason), ((string)cancelled.Body["reasonCode"]!, (string)cancelled.Body["reason"]!));
    }

    [Fact]
    public async Task A_rejection_that_comes_after_the_reservation_changes_nothing()
    {
        var checkout = await _app.OrderInAsync("Paid");

        await _app.World.HandledAsync(await _app.RejectAsync(checkout.OrderId, new StockShortage(7, 2, 0)));

        Assert.Equal("Paid", (string)(await _app.ReachesAsync(checkout, "Paid"))["status"]!);
    }

    [Fact]
    public async Task A_reservation_that_comes_after_the_cancellation_takes_no_payment()
    {
        var checkout = await _app.OrderInAsync("Cancelled");

        await _app.World.HandledAsync(await _app.ReserveAsync(checkout.OrderId));

        var order = await _app.ReachesAsync(checkout, "Cancelled");
        Assert.Equal(["Submitted", "Cancelled"], order.Statuses());

        // With the command to take the payment, a second time limit would have been set.
        Assert.Equal(1, await _app.World.ReadAsync<long>($"select count(*) from messaging.scheduled where key = '{checkout.OrderId}'"));
        Assert.Equal(0, await _app.World.ReadAsync<long>($"select count(*) from payments where order_id = '{checkout.OrderId}'"));
    }

    [Fact]
    public async Task A_reservation_that_comes_before_its_order_is_tried_again()
    {
        var checkout = Checkouts.Of();

        await _app.ReserveAsync(checkout.OrderId);
        await _app.CheckOutAsync(checkout);

        var order = await _app.ReachesAsync(checkout, "Paid");
        Assert.Equal(["Submitted", "StockReserved", "Paid"], order.Statuses());
    }
}
