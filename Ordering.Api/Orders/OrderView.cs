using System.ComponentModel;
using Contracts.Ordering;

namespace Ordering.Api.Orders;

/// <summary>An order as its buyer and administrators see it.</summary>
public sealed record OrderView(
    Guid Id,
    [property: Description("The number that people know, for example SH-48213.")] string Number,
    [property: Description("Submitted, StockReserved, Paid, Shipped or Cancelled.")] string Status,
    DateTimeOffset PlacedAt,
    decimal Total,
    [property: Description("The part of the total that went back to the buyer or is on its way; entries of refunds.")] decimal Refunded,
    string Currency,
    IReadOnlyList<OrderLine> Lines,
    string BuyerName,
    string BuyerEmail,
    Address ShippingAddress,
    PaymentMethodView Payment,
    [property: Description("Who delivers the parcel. Null before the shipment, or when there is no carrier.")] string? Carrier,
    string? TrackingNumber,
    IReadOnlyList<OrderStepView> Timeline,
    IReadOnlyList<OrderRefundView> Refunds,
    [property: Description("Why the order was cancelled, for programs: outOfStock, stockTimedOut, paymentDeclined, paymentTimedOut, "
        + "cancelledByBuyer "
        + "or cancelledByShop. Null unless the order is cancelled.")] string? CancelReasonCode,
    [property: Description("The same as a sentence for the buyer. Null unless the order is cancelled.")] string? CancelReason)
{
    public static OrderView Of(Order order) => new(
        order.Id,
        OrderNumber.Format(order.Number),
        order.Status.ToString(),
        order.PlacedAt,
        order.Total,
        order.Refunded,
        order.Currency,
        order.Lines,
        order.BuyerName,
        order.BuyerEmail,
        order.ShippingAddress,
        new PaymentMethodView(order.Card.Brand, order.Card.Last4),
        order.Carrier,
        order.TrackingNumber,
        [.. order.Timeline.Select(step => new OrderStepView(step.Status.ToString(), step.At, step.Reason))],
        [.. order.Refunds.Select(OrderRefundView.Of)],
        order.CancelReason?.Code,
        order.CancelReason?.Text);
}
