using System.ComponentModel;
using System.Security.Claims;
using Contracts.Ordering;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Ordering.Api.Orders;

internal static class CancelOrder
{
    public static async Task<Results<Ok<OrderView>, NotFound, ProblemHttpResult>> HandleAsync(
        Guid id, [FromHeader(Name = OrderKey.Header), Description(OrderKey.Meaning)] string? key, ClaimsPrincipal user, OrderingContext db,
        OrderAudit audit, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (order, transition) = await db.ChangeOrderAsync(
            id,
            order => user.MaySee(order, key),
            order => Cancel(db, order, user, key, clock.GetUtcNow()),
            cancellationToken);
        if (order is not null && transition is Transition.Made && !user.IsBuyerOf(order, key))
        {
            audit.Cancelled(user.GetUserId(), order.Id);
        }

        return (order, transition) switch
        {
            (null, _) => TypedResults.NotFound(),
            (_, Transition.Refused) => OrderProblems.Refused("The order cannot be cancelled any more", order),
            _ => TypedResults.Ok(OrderView.Of(order)),
        };
    }

    private static Transition Cancel(OrderingContext db, Order order, ClaimsPrincipal user, string? key, DateTimeOffset now)
    {
        var isByBuyer = user.IsBuyerOf(order, key);
        var transition = db.Cancel(order, ReasonOf(order, isByBuyer), now);

        if (transition is Transition.Made && !isByBuyer)
        {
            db.Send(OrderActions.Cancelled(user.GetUserId(), order));
        }

        return transition;
    }

    private static CancelReason ReasonOf(Order order, bool isByBuyer) => isByBuyer
        ? new(CancelReasons.CancelledByBuyer, $"Cancelled by the buyer.{ExplainRefund(order)}")
        : new(CancelReasons.CancelledByShop, $"Cancelled by the shop.{ExplainRefund(order)}");

    private static string ExplainRefund(Order order) => order switch
    {
        { Status: OrderStatus.Paid, Unrefunded: 0 } => " The payment was already refunded in full.",
        { Status: OrderStatus.Paid, Refunded: > 0 } =>
            $" The rest of the payment, {MoneyText.Format(order.Unrefunded, order.Currency)}, is refunded to the card.",
        { Status: OrderStatus.Paid } => " The payment is refunded to the card.",
        { Status: OrderStatus.StockReserved } => " If the card was charged already, the payment is refunded.",
        _ => "",
    };
}
