using Contracts.Ordering;
using EventBus;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Ordering.Api.Orders;

namespace Ordering.Api.Payments;

/// <summary>
/// Takes the payment for an order whose stock is reserved. The provider is called before the transaction, with the order's id as
/// idempotency key. If the order is cancelled between the call and the transaction, RefundPayment of that cancellation gives the money
/// back.
/// </summary>
internal sealed partial class ChargeCard(
    OrderingContext db, IPaymentGateway gateway, IOptions<PaymentOptions> options, TimeProvider clock, ILogger<ChargeCard> logger)
    : ICallingMessageHandler<TakePayment, ChargeOutcome?>
{
    /// <returns>
    /// Null when the provider must not be called: the order does not wait for a payment, or its stock is no longer reserved.
    /// </returns>
    public async Task<ChargeOutcome?> CallAsync(TakePayment command, MessageContext context, CancellationToken cancellationToken)
    {
        var order = await db.GetOrderAsync(command.OrderId, cancellationToken);

        return order.Status is OrderStatus.StockReserved && order.ReservedUntil > clock.GetUtcNow()
            ? await gateway.ChargeAsync(command.OrderId, command.Amount, command.Currency, command.CardToken, cancellationToken)
            : null;
    }

    public async Task HandleAsync(TakePayment command, ChargeOutcome? outcome, MessageContext context, CancellationToken cancellationToken)
    {
        var order = await db.GetOrderAsync(command.OrderId, cancellationToken);

        if (order.Status is not OrderStatus.StockReserved)
        {
            // Paid: a repeat. Cancelled: the cancellation sent RefundPayment, which also refunds this charge.
            LogNotCharged(order.Id, order.Status);
        }
        else if (outcome is null)
        {
            db.Cancel(order, CancelReason.PaymentTimedOut, clock.GetUtcNow());
        }
        else
        {
            Apply(outcome, command, order, await GetPaymentAsync(command, cancellationToken), clock.GetUtcNow());
        }
    }

    private void Apply(ChargeOutcome outcome, TakePayment command, Order order, Payment payment, DateTimeOffset now)
    {
        switch (outcome)
        {
            case ChargeOutcome.Charged charged:
                payment.RecordCharge(charged.Reference, now);
                order.Pay(now);
                db.Publish(new OrderPaid(
                    order.Id, order.BuyerId, order.Total, order.Currency, order.Version, OrderNumber.Format(order.Number)));
                db.Send(OrderMails.Paid(order));
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
