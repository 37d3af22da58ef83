using Contracts.Ordering;
using EventBus;
using Microsoft.EntityFrameworkCore;

namespace Ordering.Api.Payments;

/// <summary>Refunds a cancelled order, and makes sure that nothing is charged for it later.</summary>
internal sealed class RefundCard(OrderingContext db, IPaymentGateway gateway, TimeProvider clock)
    : ICallingMessageHandler<RefundPayment, RefundOutcome>
{
    public Task<RefundOutcome> CallAsync(RefundPayment command, MessageContext context, CancellationToken cancellationToken) =>
        gateway.RefundAsync(command.OrderId, cancellationToken);

    public async Task HandleAsync(
        RefundPayment command, RefundOutcome outcome, MessageContext context, CancellationToken cancellationToken)
    {
        if (outcome is not RefundOutcome.Refunded refund)
        {
            return;
        }

        var payment = await db.Payments.SingleOrDefaultAsync(p => p.OrderId == command.OrderId, cancellationToken);
        if (payment is null)
        {
            // The order was cancelled after the provider had charged the card and before the shop had stored that.
            payment = new Payment { OrderId = command.OrderId, Amount = refund.Amount, Currency = refund.Currency };
            db.Payments.Add(payment);
        }

        payment.RecordRefund(refund.Reference, clock.GetUtcNow());
    }
}
