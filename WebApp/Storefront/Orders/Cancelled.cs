using Contracts.Ordering;
using WebApp.Clients;

namespace WebApp.Storefront.Orders;

/// <summary>The texts for a cancelled order, by the code of its reason.</summary>
public static class Cancelled
{
    public static string Title(OrderView order) => order.CancelReasonCode switch
    {
        CancelReasons.CancelledByBuyer => "You cancelled this order.",
        CancelReasons.CancelledByShop => "We cancelled this order.",
        _ => order.CancelReason ?? "This order is cancelled.",
    };

    /// <summary>What happens with the money.</summary>
    public static string Money(OrderView order) => order switch
    {
        _ when order.Reached(OrderStatus.Paid) => "The payment goes back to your card.",
        { CancelReasonCode: CancelReasons.PaymentDeclined } => "Nothing is charged.",
        _ when order.Reached(OrderStatus.StockReserved) => "If your card was charged already, the payment goes back to it.",
        _ => "Nothing is charged.",
    };

    public static bool IsByWish(OrderView order) => order.CancelReasonCode is CancelReasons.CancelledByBuyer;

    /// <summary>Whether another card may work.</summary>
    public static bool IsForPayment(OrderView order) =>
        order.CancelReasonCode is CancelReasons.PaymentDeclined or CancelReasons.PaymentTimedOut;
}
