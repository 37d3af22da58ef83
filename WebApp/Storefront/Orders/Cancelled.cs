using Contracts.Ordering;
using WebApp.Clients;
using WebApp.Storefront.Elements;

namespace WebApp.Storefront.Orders;

/// <summary>The texts for an order that is cancelled, or may be: what happens with the money, and why.</summary>
public static class Cancelled
{
    private const string AllRefunded = "Your payment was already refunded in full.";

    public static string Title(OrderView order) => order.CancelReasonCode switch
    {
        CancelReasons.CancelledByBuyer => "You cancelled this order.",
        CancelReasons.CancelledByShop => "We cancelled this order.",
        _ => order.CancelReason ?? "This order is cancelled.",
    };

    /// <summary>What happens with the money of a cancelled order.</summary>
    public static string Money(OrderView order) => order switch
    {
        _ when order.Reached(OrderStatus.Paid) => RestOf(order) switch
        {
            0 => AllRefunded,
            var rest when rest < order.Total =>
                $"The rest of the payment, {PriceText.Format(rest, order.Currency)}, goes back to your {CardOf(order)}.",
            _ => $"The payment goes back to your {CardOf(order)}.",
        },
        { CancelReasonCode: CancelReasons.PaymentDeclined } => "Nothing is charged.",
        _ when order.Reached(OrderStatus.StockReserved) => $"If your {CardOf(order)} was charged already, the payment goes back to it.",
        _ => "Nothing is charged.",
    };

    /// <summary>What will happen with the money if the order is cancelled now.</summary>
    public static string MoneyIfCancelled(OrderView order) => order switch
    {
        { Status: OrderStatus.Paid, Unrefunded: 0 } => AllRefunded,
        { Status: OrderStatus.Paid } => $"You get {PriceText.Format(order.Unrefunded, order.Currency)} back to your "
            + $"{CardOf(order)}. Your bank needs a few days to show it.",
        { Status: OrderStatus.StockReserved } => $"If your {CardOf(order)} was charged already, the payment goes back to it.",
        _ => "Nothing will be charged.",
    };

    public static bool IsByWish(OrderView order) => order.CancelReasonCode is CancelReasons.CancelledByBuyer;

    /// <summary>Whether another card may work.</summary>
    public static bool IsForPayment(OrderView order) =>
        order.CancelReasonCode is CancelReasons.PaymentDeclined or CancelReasons.PaymentTimedOut;

    // The refund of the cancellation is one of the order's refunds as well, but later than the cancellation.
    private static decimal RestOf(OrderView order)
    {
        var cancelledAt = order.Timeline.FirstOrDefault(step => step.Status is OrderStatus.Cancelled)?.At;
        var earlier = order.Refunds
            .Where(refund => refund.Status is not RefundStatus.Refused && refund.RequestedAt < cancelledAt)
            .Sum(refund => refund.Amount);
        return order.Total - earlier;
    }

    private static string CardOf(OrderView order) => order.Payment?.ToString() ?? "card";
}
