using Contracts.Ordering;
using EventBus;
using Microsoft.EntityFrameworkCore;
using Ordering.Api.Orders;

namespace Ordering.Api.Payments;

/// <summary>
/// Refunds a part of a payment, or all of it when the order was cancelled; then it also makes sure that nothing is charged later. The
/// provider is called before the transaction, with the id of the refund or of the order as idempotency key.
/// </summary>
internal sealed partial class RefundCard(OrderingContext db, IPaymentGateway gateway, TimeProvider clock, ILogger<RefundCard> logger)
    : ICallingMessageHandler<RefundPayment, RefundOutcome>
{
    private const string Cancelled = "The order was cancelled.";

    public Task<RefundOutcome> CallAsync(RefundPayment command, MessageContext context, CancellationToken cancellationToken) =>
        command is { RefundId: { } refundId, Amount: { } amount }
            ? gateway.RefundPartAsync(command.OrderId, refundId, amount, cancellationToken)
            : gateway.RefundAsync(command.OrderId, cancellationToken);

    public async Task HandleAsync(
        RefundPayment command, RefundOutcome outcome, MessageContext context, CancellationToken cancellationToken)
    {
        var order = await db.GetOrderAsync(command.OrderId, cancellationToken);

        if (command.RefundId is { } refundId)
        {
            await SettleAsync(order, refundId, outcome, cancellationToken);
        }
        else if (outcome is RefundOutcome.Refunded rest)
        {
            // The mail about the cancellation has said that this money comes back.
            order.AddRefund(RestOf(rest));
            await RecordAsync(order, rest, cancellationToken);
        }
    }

    private async Task SettleAsync(Order order, Guid refundId, RefundOutcome outcome, CancellationToken cancellationToken)
    {
        if (outcome is not RefundOutcome.Refunded refunded)
        {
            order.Settle(refundId, RefundStatus.Refused);
            LogRefused(refundId, order.Id, (outcome as RefundOutcome.Refused)?.Reason ?? "Nothing was charged.");
        }
        else if (order.Settle(refundId, RefundStatus.Refunded) is { } part)
        {
            await RecordAsync(order, refunded, cancellationToken);

            // Empty when the buyer has deleted the account.
            if (order.BuyerEmail.Length > 0)
            {
                db.Send(OrderMails.Refunded(order, part));
            }
        }
    }

    private OrderRefund RestOf(RefundOutcome.Refunded rest)
    {
        var now = clock.GetUtcNow();
        return new OrderRefund
        {
            RefundId = Guid.CreateVersion7(now),
            Amount = rest.Amount,
            Reason = Cancelled,
            IdempotencyKey = null,
            RequestedAt = now,
            Status = RefundStatus.Refunded,
        };
    }

    private async Task RecordAsync(Order order, RefundOutcome.Refunded refund, CancellationToken cancellationToken)
    {
        var payment = await db.Payments.SingleOrDefaultAsync(p => p.OrderId == order.Id, cancellationToken);
        if (payment is null)
        {
            // The order was cancelled after the provider had charged the card and before the shop had stored that.
            payment = new Payment { OrderId = order.Id, Amount = refund.Amount, Currency = refund.Currency };
            db.Payments.Add(payment);
        }

        payment.RecordRefund(refund.Reference, refund.Amount, clock.GetUtcNow());
        db.Publish(new OrderRefunded(
            order.Id, order.BuyerId, refund.Amount, order.SentBack, refund.Currency, order.Version, OrderNumber.Format(order.Number)));
    }
}
