using Contracts.Ordering;
using Ordering.Api.Orders;
using static Ordering.Api.Orders.OrderStatus;
using static Ordering.Api.Orders.Transition;

namespace Ordering.Api.Tests.Orders;

public sealed class OrderTests
{
    private static readonly DateTimeOffset Now = new(2030, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<OrderStatus, string, Transition, OrderStatus> Steps => new()
    {
        { Submitted, "reserve", Made, StockReserved },
        { StockReserved, "reserve", Repeated, StockReserved },
        { Paid, "reserve", Repeated, Paid },
        { Shipped, "reserve", Repeated, Shipped },
        { Cancelled, "reserve", Refused, Cancelled },

        { Submitted, "pay", Refused, Submitted },
        { StockReserved, "pay", Made, Paid },
        { Paid, "pay", Repeated, Paid },
        { Shipped, "pay", Repeated, Shipped },
        { Cancelled, "pay", Refused, Cancelled },

        { Submitted, "ship", Refused, Submitted },
        { StockReserved, "ship", Refused, StockReserved },
        { Paid, "ship", Made, Shipped },
        { Shipped, "ship", Repeated, Shipped },
        { Cancelled, "ship", Refused, Cancelled },

        { Submitted, "cancel", Made, Cancelled },
        { StockReserved, "cancel", Made, Cancelled },
        { Paid, "cancel", Made, Cancelled },
        { Shipped, "cancel", Refused, Shipped },
        { Cancelled, "cancel", Repeated, Cancelled },
    };

    [Theory]
    [MemberData(nameof(Steps))]
    public void Step_FromEachStatus_IsGuarded(OrderStatus from, string step, Transition expected, OrderStatus to)
    {
        var order = OrderIn(from);
        var (version, entries) = (order.Version, order.Timeline.Count);

        var transition = Take(order, step);

        Assert.Equal(expected, transition);
        Assert.Equal(to, order.Status);
        var moved = expected is Made ? 1 : 0;
        Assert.Equal(version + moved, order.Version);
        Assert.Equal(entries + moved, order.Timeline.Count);
    }

    [Fact]
    public void Place_Basket_IsSubmittedWithItsLinesAndTheirSum()
    {
        var checkout = Checkouts.Of();
        var buyer = Guid.NewGuid();

        var order = Order.Place(checkout, buyer, number: 48_213, Now);

        Assert.Equal(checkout.OrderId, order.Id);
        Assert.Equal(48_213, order.Number);
        Assert.Equal(buyer, order.BuyerId);
        Assert.Equal(59.97m, order.Total);
        Assert.Equal([("Trail Lamp", 2), ("Summit Rope", 1)], order.Lines.Select(line => (line.ProductName, line.Quantity)));
        Assert.Equal([new OrderStep(Submitted, Now, ReasonCode: null, Reason: null)], order.Timeline);
        Assert.Equal(1, order.Version);
    }

    [Fact]
    public void Timeline_OfAShippedOrder_HasEachStepOnceInOrder()
    {
        var order = OrderIn(Shipped);

        Assert.Equal([Submitted, StockReserved, Paid, Shipped], order.Timeline.Select(step => step.Status));
        Assert.Equal(4, order.Version);
    }

    [Fact]
    public void Cancel_Order_KeepsTheFirstReason()
    {
        var order = OrderIn(Paid);

        order.Cancel(new(CancelReasons.CancelledByBuyer, "No longer wanted."), Now);
        order.Cancel(new(CancelReasons.CancelledByShop, "Another reason."), Now);

        Assert.Equal(new CancelReason(CancelReasons.CancelledByBuyer, "No longer wanted."), order.CancelReason);
        Assert.Single(order.Timeline, step => step.Status is Cancelled);
    }

    [Theory]
    [InlineData(Submitted, false)]
    [InlineData(StockReserved, true)]
    [InlineData(Paid, true)]
    [InlineData(Shipped, false)]
    [InlineData(Cancelled, false)]
    public void MayBeCharged_OnlyWhileMoneyCouldHaveToBeGivenBack(OrderStatus status, bool expected) =>
        Assert.Equal(expected, OrderIn(status).MayBeCharged);

    [Fact]
    public void Ship_WhenItIsRefused_KeepsNoCarrier()
    {
        var order = OrderIn(StockReserved);

        order.Ship("DHL", "0034 0434", Now);

        Assert.Null(order.Carrier);
        Assert.Null(order.TrackingNumber);
    }

    [Theory]
    [InlineData(Paid, 59.97, 59.97, RefundRequest.Made, 59.97)]
    [InlineData(Paid, 60, 59.97, RefundRequest.TooMuch, 0)]
    [InlineData(Shipped, 20, 59.97, RefundRequest.Made, 20)]
    [InlineData(StockReserved, 20, 0, RefundRequest.NotPaid, 0)]
    [InlineData(Cancelled, 20, 0, RefundRequest.NotPaid, 0)]
    public void Refund_InEachStatus_IsNeverMoreThanWasPaid(
        OrderStatus status, double amount, double refundable, RefundRequest expected, double refunded)
    {
        var order = OrderIn(status);
        Assert.Equal((decimal)refundable, order.Refundable);

        Assert.Equal(expected, order.Refund(RefundOf((decimal)amount)));

        Assert.Equal((decimal)refunded, order.Refunded);
    }

    [Fact]
    public void Refund_Repeated_IsOneRefund_AndItsKeyTakesNoOther()
    {
        var order = OrderIn(Paid);

        Assert.Equal(RefundRequest.Made, order.Refund(RefundOf(20, "one")));
        Assert.Equal(RefundRequest.Repeated, order.Refund(RefundOf(20, "one")));
        Assert.Equal(RefundRequest.KeyReused, order.Refund(RefundOf(21, "one")));
        Assert.Equal(RefundRequest.Made, order.Refund(RefundOf(39.97m, "two")));
        Assert.Equal(RefundRequest.TooMuch, order.Refund(RefundOf(0.01m, "three")));
    }

    [Fact]
    public void Settle_RefusedByTheProvider_FreesTheAmount()
    {
        var order = OrderIn(Paid);
        var refund = RefundOf(59.97m);
        order.Refund(refund);

        Assert.NotNull(order.Settle(refund.RefundId, RefundStatus.Refused));
        Assert.Null(order.Settle(refund.RefundId, RefundStatus.Refunded));

        Assert.Equal((0m, 59.97m), (order.Refunded, order.Refundable));
    }

    [Fact]
    public void NameOf_UnknownProduct_IsStillReadable() =>
        Assert.Equal("product 404", OrderIn(Submitted).NameOf(404));

    private static OrderRefund RefundOf(decimal amount, string key = "one") => new()
    {
        RefundId = Guid.NewGuid(), Amount = amount, Reason = "A scratch.", IdempotencyKey = key, RequestedAt = Now,
    };

    private static Order OrderIn(OrderStatus status)
    {
        var order = Order.Place(Checkouts.Of(), Guid.NewGuid(), number: 48_213, Now);
        string[] way = status switch
        {
            Submitted => [],
            StockReserved => ["reserve"],
            Paid => ["reserve", "pay"],
            Shipped => ["reserve", "pay", "ship"],
            _ => ["cancel"],
        };

        foreach (var step in way)
        {
            Take(order, step);
        }

        return order;
    }

    private static Transition Take(Order order, string step) => step switch
    {
        "reserve" => order.ReserveStock(Now.AddMinutes(15), Now),
        "pay" => order.Pay(Now),
        "ship" => order.Ship("DHL", "0034 0434", Now),
        _ => order.Cancel(new(CancelReasons.CancelledByBuyer, "No longer wanted."), Now),
    };
}
