using Contracts.Ordering;

namespace Ordering.Api.Orders;

/// <summary>Examples for the OpenAPI document.</summary>
internal static class OrderExamples
{
    private const string RefundedReason = "Cancelled by the buyer. The payment is refunded to the card.";

    private static readonly Guid Id = Guid.Parse("01990a4e-7d3a-7c2b-9c51-3f0f2b8f9a10");
    private static readonly DateTimeOffset Placed = new(2030, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly OrderView Paid = new(
        Id,
        nameof(OrderStatus.Paid),
        79.80m,
        "EUR",
        [new OrderLine(11, "Harbour Lantern", 39.90m, 2)],
        [
            new OrderStepView(nameof(OrderStatus.Submitted), Placed, Reason: null),
            new OrderStepView(nameof(OrderStatus.StockReserved), Placed.AddMilliseconds(21), Reason: null),
            new OrderStepView(nameof(OrderStatus.Paid), Placed.AddMilliseconds(54), Reason: null),
        ],
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
        Timeline = [.. Paid.Timeline, new OrderStepView(nameof(OrderStatus.Shipped), Placed.AddHours(2), Reason: null)],
    };

    public static readonly OrderPage Page = new(PageIndex: 0, PageSize: 10, Count: 1, [Paid]);
}
