using Contracts.Ordering;

namespace Ordering.Api.Orders;

/// <summary>Examples for the OpenAPI document.</summary>
internal static class OrderExamples
{
    private const string RefundedReason = "Cancelled by the buyer. The payment is refunded to the card.";
    private const string Number = "SH-48213";

    private static readonly Guid Id = Guid.Parse("01990a4e-7d3a-7c2b-9c51-3f0f2b8f9a10");
    private static readonly DateTimeOffset Placed = new(2030, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly OrderView Paid = new(
        Id,
        Number,
        nameof(OrderStatus.Paid),
        Placed,
        79.80m,
        0,
        "EUR",
        [new OrderLine(11, "Harbour Lantern", 39.90m, 2)],
        "Ada Lovelace",
        "ada@example.com",
        new Address("1 Harbour Road", "Porto", State: null, "Portugal", "4000-001"),
        new PaymentMethodView("Visa", "4242"),
        Carrier: null,
        TrackingNumber: null,
        [
            new OrderStepView(nameof(OrderStatus.Submitted), Placed, Reason: null),
            new OrderStepView(nameof(OrderStatus.StockReserved), Placed.AddMilliseconds(21), Reason: null),
            new OrderStepView(nameof(OrderStatus.Paid), Placed.AddMilliseconds(54), Reason: null),
        ],
        [],
        CancelReasonCode: null,
        CancelReason: null);

    public static readonly OrderView Cancelled = Paid with
    {
        Status = nameof(OrderStatus.Cancelled),
        Timeline =
        [
            .. Paid.Timeline,
            new OrderStepView(nameof(OrderStatus.Cancelled), Placed.AddMinutes(3), RefundedReason),
        ],
        CancelReasonCode = CancelReasons.CancelledByBuyer,
        CancelReason = RefundedReason,
    };

    public static readonly OrderView Shipped = Paid with
    {
        Status = nameof(OrderStatus.Shipped),
        Carrier = "DHL",
        TrackingNumber = "00340434161094015902",
        Timeline = [.. Paid.Timeline, new OrderStepView(nameof(OrderStatus.Shipped), Placed.AddHours(2), Reason: null)],
    };

    public static readonly OrderPage Page = new(PageIndex: 0, PageSize: 10, Count: 1, [Paid]);

    public static readonly FindOrder.Request Find = new(Number, "ada@example.com");

    public static readonly FindOrder.Response Found = new(Id, Number, "q8mX1cVtqJmB0mJc4bQ3w2fJp6uYz7aR");

    public static readonly ShipOrder.Request Ship = new("DHL", "00340434161094015902");

    public static readonly RefundOrder.Request Refund = new(20.00m, "One lantern arrived with a scratch.");

    public static readonly OrderRefundView Refunded = new(
        Guid.Parse("01990a4e-9a11-7e2d-8c31-5d0f2b8f9a22"), 20.00m, Refund.Reason!, nameof(RefundStatus.Requested), Placed.AddDays(2));
}
