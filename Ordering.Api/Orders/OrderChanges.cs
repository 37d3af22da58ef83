using Microsoft.EntityFrameworkCore;

namespace Ordering.Api.Orders;

/// <summary>How messages and clients load an order to change it.</summary>
internal static class OrderChanges
{
    /// <summary>The order that a message is about. Messages come after the order was stored; if it is missing, the handler fails.</summary>
    public static async Task<Order> GetOrderAsync(this OrderingContext db, Guid id, CancellationToken cancellationToken) =>
        await db.Orders.SingleOrDefaultAsync(order => order.Id == id, cancellationToken)
        ?? throw new InvalidOperationException($"There is no order {id}.");

    /// <summary>
    /// Changes an order for a client that waits. If a message changed the order at the same time, the change is applied to the new state.
    /// Null when the order does not exist or the client may not see it.
    /// </summary>
    public static async Task<(Order? Order, TResult? Result)> ChangeOrderAsync<TResult>(
        this OrderingContext db,
        Guid id,
        Func<Order, bool> maySee,
        Func<Order, TResult> change,
        CancellationToken cancellationToken)
    {
        while (true)
        {
            var order = await db.Orders.SingleOrDefaultAsync(o => o.Id == id, cancellationToken);
            if (order is null || !maySee(order))
            {
                return (null, default);
            }

            var result = change(order);

            try
            {
                await db.SaveChangesAsync(cancellationToken);
                return (order, result);
            }
            catch (DbUpdateConcurrencyException)
            {
                // Ends: each round means that another change of the order was stored, and an order has few of them.
                db.ChangeTracker.Clear();
            }
        }
    }
}
