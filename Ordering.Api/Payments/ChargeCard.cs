using Contracts.Ordering;
using EventBus;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Ordering.Api.Orders;

namespace Ordering.Api.Payments;

/// <summary>Takes the payment for an order whose stock is reserved, and publishes the result.</summary>
internal sealed partial class ChargeCard(
    OrderingContext db, IPaymentGateway gateway, IOptions<PaymentOptions> options, TimeProvider clock, ILogger<ChargeCard> logger)
    : IMessageHandler<TakePayment>
{
    private static readonly CancelReason HoldExpired = new(
        CancelReasons.PaymentTimedOut, "The payment could not be taken while the stock was reserved for the order.");

    public async Task HandleAsync(TakePayment command, MessageContext context, CancellationToken cancellationToken)
    {
        var order = await db.GetOrderAsync(command.OrderId, cancellationToken);

        if (order.Status is not OrderStatus.StockReserved)
        {
            // Paid: a repeat. Cancelled: the cancellation sent RefundPayment, which also refunds a charge of an earlier attempt.
            LogNotCharged(order.Id, order.Status);
            return;
        }

        if (order.ReservedUntil <= clock.GetUtcNow())
        {
            db.Cancel(order, HoldExpired, clock.GetUtcNow());
            return;
        }

        var payment = await GetPaymentAsync(command, cancellationToken);
        var outcome = await gateway.ChargeAsync(
            command.OrderId, command.Amount, command.Currency, command.CardToken, cancellationToken);

        Apply(outcome, command, order, payment, clock.GetUtcNow());
    }

    private void Apply(ChargeOutcome outcome, TakePayment command, Order order, Payment payment, DateTimeOffset now)
    {
        switch (outcome)
        {
            case ChargeOutcome.Charged charged:
                payment.RecordCharge(charged.Reference, now);
                order.Pay(now);
                db.Publish(new OrderPaid(order.Id, order.BuyerId, order.Total, order.Currency, order.Version));
                break;
            case ChargeOutcome.Declined declined:
                payment.RecordDecline(declined.Reason, now);
                db.CancelUncharged(order, new(CancelReasons.PaymentDeclined, declined.Reason), now);
                break;
            case ChargeOutcome.Unavailable unavailable:
                payment.RecordOutage(unavailable.Reason, now);
                db.Send(command, options.Value.DelayAfter(payment.Attempts));
                LogUnavailable(order.Id, payment.Attempts, unavailable.Reason);
                break;
        }
    }

    private async Task<Payment> GetPaymentAsync(TakePayment command, CancellationToken cancellationToken)
    {
        var payment = await db.Payments.SingleOrDefaultAsync(p => p.OrderId == command.OrderId, cancellationToken);
        if (payment is null)
        {
            payment = new Payment { OrderId = command.OrderId, Amount = command.Amount, Currency = command.Currency };
            db.Payments.Add(payment);
        }

        return payment;
    }
}
