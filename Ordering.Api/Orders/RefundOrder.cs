using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Contracts.Ordering;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ServiceDefaults.Text;

namespace Ordering.Api.Orders;

/// <summary>Gives a part of the payment back, or all of it. The payment provider does it later, by a command.</summary>
public static class RefundOrder
{
    private const string AmountFault = "Enter an amount above 0 with at most two decimals.";

    public sealed record Request(
        [property: Required(ErrorMessage = AmountFault), Description("At most what is left of the payment.")] decimal? Amount,
        [property: Required(ErrorMessage = "Enter the reason."), StringLength(200, ErrorMessage = "At most {1} characters."), PlainText]
        [property: Description("A sentence for the buyer, who gets it by mail.")]
        string? Reason) : IValidatableObject
    {
        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (Amount is { } amount && (amount <= 0 || decimal.Round(amount, 2) != amount))
            {
                yield return new ValidationResult(AmountFault, [nameof(Amount)]);
            }
        }
    }

    internal static async Task<Results<Accepted<OrderRefundView>, NotFound, ProblemHttpResult>> HandleAsync(
        Guid id, Request request, ClaimsPrincipal user, OrderingContext db, OrderAudit audit, TimeProvider clock,
        CancellationToken cancellationToken,
        [FromHeader(Name = IdempotencyKey.Header)]
        [Required(ErrorMessage = IdempotencyKey.Fault), RegularExpression(IdempotencyKey.Pattern, ErrorMessage = IdempotencyKey.Fault)]
        string idempotencyKey = "") // Not null: a missing header would not be validated.
    {
        var now = clock.GetUtcNow();
        var refund = new OrderRefund
        {
            RefundId = Guid.CreateVersion7(now),
            Amount = request.Amount!.Value,
            Reason = request.Reason!.Trim().ToNfc(),
            IdempotencyKey = idempotencyKey,
            RequestedAt = now,
        };
        var (order, result) = await db.ChangeOrderAsync(
            id, _ => true, order => Refund(db, order, refund, user.GetUserId()), cancellationToken);
        if (order is not null && result is RefundRequest.Made)
        {
            audit.Refunded(user.GetUserId(), order.Id, refund.RefundId);
        }

        return (order, result) switch
        {
            (null, _) => TypedResults.NotFound(),
            (_, RefundRequest.Made or RefundRequest.Repeated) => TypedResults.Accepted(
                $"/api/orders/{id}", OrderRefundView.Of(order.Refunds.First(one => one.IdempotencyKey == idempotencyKey))),
            (_, RefundRequest.KeyReused) => OrderProblems.KeyReused(),
            (_, RefundRequest.TooMuch) => OrderProblems.RefundTooHigh(order),
            _ => OrderProblems.Refused("The order cannot be refunded", order),
        };
    }

    private static RefundRequest Refund(OrderingContext db, Order order, OrderRefund refund, Guid userId)
    {
        var result = order.Refund(refund);

        if (result is RefundRequest.Made)
        {
            db.Send(new RefundPayment(order.Id, refund.RefundId, refund.Amount));
            db.Send(OrderActions.Refunded(userId, order, refund.Amount));
        }

        return result;
    }
}
