using Contracts.Ordering;
using EventBus;
using Microsoft.EntityFrameworkCore;

namespace Ordering.Api.Payments;

/// <summary>Gives back the money of a cancelled order, and makes sure that none is taken for it later.</summary>
internal sealed class RefundCard(OrderingContext db, IPaymentGateway gateway, TimeProvider clock) : IMessageHandler<RefundPayment>
{
    public async Task HandleAsync(RefundPayment command, MessageContext context, CancellationToken cancellationToken)
    {
        if (await gateway.RefundAsync(command.OrderId, cancellationToken) is not RefundOutcome.Refunded refund)
        {
            return;
        }

        var payment = await db.Payments.SingleOrDefaultAsync(p => p.OrderId == command.OrderId, cancellationToken);
        if (payment is null)
        {
            // The charge was made by an attempt that was rolled back, because the order was cancelled meanwhile.
            payment = new Payment { OrderId = command.OrderId, Amount = refund.Amount, Currency = refund.Currency };
            db.Payments.Add(payment);
        }

        payment.RecordRefund(refund.Reference, clock.GetUtcNow());
    }
}
