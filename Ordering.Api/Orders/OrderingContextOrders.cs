using Contracts.Ordering;
using EventBus;
using Microsoft.EntityFrameworkCore;

namespace Ordering.Api.Orders;

internal static class OrderingContextOrders
{
    /// <summary>The order that a message is about. Messages come after it was stored, so its absence is a fault that no retry should hide.</summary>
    public static async Task<Order> GetOrderAsync(this OrderingContext db, Guid id, CancellationToken cancellationToken) =>
        await db.Orders.SingleOrDefaultAsync(order => order.Id == id, cancellationToken)
        ?? throw new InvalidOperationException($"There is no order {id}.");

    /// <summary>
    /// Asks an order to change, for a client that waits. When a message changed it at the same time, it is asked again in its new state.
    /// Null when there is no such order or it may not be seen.
    /// </summary>
    public static async Task<(Order? Order, Transition Transition)> ChangeOrderAsync(
        this OrderingContext db,
        Guid id,
        Func<Order, bool> maySee,
        Func<Order, Transition> change,
        CancellationToken cancellationToken)
    {
        while (true)
        {
            var order = await db.Orders.SingleOrDefaultAsync(o => o.Id == id, cancellationToken);
            if (order is null || !maySee(order))
            {
                return (null, Transition.Refused);
            }

            var transition = change(order);

            try
            {
                await db.SaveChangesAsync(cancellationToken);
                return (order, transition);
            }
            catch (DbUpdateConcurrencyException)
            {
                // Ends: each round means that the order moved on, and it has at most four states ahead.
                db.ChangeTracker.Clear();
            }
        }
    }

    /// <summary>Cancels, tells the world, and has the payment provider give back what it may have taken.</summary>
    public static Transition Cancel(this OrderingContext db, Order order, string reason, DateTimeOffset now)
    {
        var mayBeCharged = order.MayBeCharged;
        var transition = db.CancelUncharged(order, reason, now);

        if (transition is Transition.Made && mayBeCharged)
        {
            db.Send(new RefundPayment(order.Id));
        }

        return transition;
    }

    /// <summary>Cancels an order for which it is certain that nothing was charged, and tells the world.</summary>
    public static Transition CancelUncharged(this OrderingContext db, Order order, string reason, DateTimeOffset now)
    {
        var transition = order.Cancel(reason, now);

        if (transition is Transition.Made)
        {
            db.Publish(new OrderCancelled(order.Id, order.BuyerId, reason, order.Version));
        }

        return transition;
    }
}
