using System.ComponentModel;
using Contracts.Ordering;

namespace Ordering.Api.Orders;

/// <summary>An order as its buyer sees it.</summary>
public sealed record OrderView(
    Guid Id,
    [property: Description("Submitted, StockReserved, Paid, Shipped or Cancelled.")] string Status,
    decimal Total,
    string Currency,
    IReadOnlyList<OrderLine> Lines,
    IReadOnlyList<OrderStepView> Timeline,
    [property: Description("Why the order was cancelled, for programs: outOfStock, stockTimedOut, paymentDeclined, paymentTimedOut, "
        + "cancelledByBuyer "
        + "or cancelledByShop. Null unless the order is cancelled.")] string? CancelReasonCode,
    [property: Description("The same as a sentence for the buyer. Null unless the order is cancelled.")] string? CancelReason)
{
    public static OrderView Of(Order order) => new(
        order.Id,
        order.Status.ToString(),
        order.Total,
        order.Currency,
        order.Lines,
        [.. order.Timeline.Select(step => new OrderStepView(step.Status.ToString(), step.At, step.Reason))],
        order.CancelReason?.Code,
        order.CancelReason?.Text);
}
