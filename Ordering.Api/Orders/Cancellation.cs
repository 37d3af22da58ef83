using Contracts.Ordering;

namespace Ordering.Api.Orders;

/// <summary>What follows from a cancellation: the event, a mail, and a refund where money may have been taken.</summary>
internal static class Cancellation
{
    /// <summary>Cancels the order, publishes that, and asks the payment provider for a refund if money may have been taken.</summary>
    public static Transition Cancel(this OrderingContext db, Order order, CancelReason reason, DateTimeOffset now)
    {
        var mayBeCharged = order.MayBeCharged;
        var transition = db.CancelUncharged(order, reason, now);

        if (transition is Transition.Made && mayBeCharged)
        {
            db.Send(new RefundPayment(order.Id));
        }

        return transition;
    }

    /// <summary>Cancels an order for which certainly nothing was charged, and publishes that.</summary>
    public static Transition CancelUncharged(this OrderingContext db, Order order, CancelReason reason, DateTimeOffset now)
    {
        var transition = order.Cancel(reason, now);

        if (transition is Transition.Made)
        {
            db.Publish(new OrderCancelled(
                order.Id, order.BuyerId, reason.Code, reason.Text, order.Version, OrderNumber.Format(order.Number)));
            db.Send(OrderMails.Cancelled(order));
        }

        return transition;
    }
}
