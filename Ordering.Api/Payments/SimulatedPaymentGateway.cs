using Microsoft.EntityFrameworkCore;

namespace Ordering.Api.Payments;

/// <summary>
/// A provider that answers by the last four digits of the card. It stores charges in its own transactions: a real provider does not forget
/// a charge when the shop rolls back.
/// </summary>
internal sealed class SimulatedPaymentGateway(IServiceScopeFactory scopes, TimeProvider clock) : IPaymentGateway
{
    private static readonly TimeSpan SlowAnswer = TimeSpan.FromSeconds(3);
    private const int FailuresBeforeSuccess = 2;

    public async Task<ChargeOutcome> ChargeAsync(
        Guid orderId, decimal amount, string currency, string cardToken, CancellationToken cancellationToken)
    {
        switch (Last4(cardToken))
        {
            case "0002":
                return new ChargeOutcome.Declined("Your card was declined.");
            case "9995":
                return new ChargeOutcome.Declined("Your card has insufficient funds.");
            case "0069":
                return new ChargeOutcome.Declined("Your card has expired.");
            case "0119" when await CountFailureAsync(orderId, amount, currency, cancellationToken) <= FailuresBeforeSuccess:
                return new ChargeOutcome.Unavailable("An error occurred while processing the card.");
            case "3220":
                await Task.Delay(SlowAnswer, clock, cancellationToken);
                break;
        }

        return await BookAsync(orderId, amount, currency, cancellationToken);
    }

    public async Task<RefundOutcome> RefundPartAsync(Guid orderId, Guid refundId, decimal amount, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OrderingContext>();

        // "for update": two refunds at the same time must not both find the same rest.
        await db.Database.ExecuteSqlAsync(
            $"""
             with charge as (
                 select order_id, currency from simulated_charges
                 where order_id = {orderId} and charged and not cancelled and refunded + {amount} <= amount
                   and not exists (select from simulated_refunds where refund_id = {refundId})
                 for update),
             booked as (
                 insert into simulated_refunds (refund_id, order_id, amount, currency)
                 select {refundId}, order_id, {amount}, currency from charge
                 on conflict (refund_id) do nothing returning order_id)
             update simulated_charges set refunded = refunded + {amount} where order_id in (select order_id from booked)
             """,
            cancellationToken);
        var refund = await db.SimulatedRefunds.AsNoTracking().SingleOrDefaultAsync(r => r.RefundId == refundId, cancellationToken);

        return refund is null
            ? new RefundOutcome.Refused("The charge has too little left for this refund.")
            : new RefundOutcome.Refunded($"re_{refundId:n}", refund.Amount, refund.Currency);
    }

    public async Task<RefundOutcome> RefundAsync(Guid orderId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OrderingContext>();
        await db.Database.ExecuteSqlAsync(
            $"""
             insert into simulated_charges (order_id, amount, refunded, currency, reference, failures, charged, cancelled)
             values ({orderId}, 0, 0, '', '', 0, false, true)
             on conflict (order_id) do update set cancelled = true
             """,
            cancellationToken);
        var charge = await db.SimulatedCharges.AsNoTracking().SingleAsync(c => c.OrderId == orderId, cancellationToken);

        // The rest: a cancelled charge has no further refunds of parts, so a repeat finds the same amount.
        return charge.Charged && charge.Refunded < charge.Amount
            ? new RefundOutcome.Refunded($"re_{orderId:n}", charge.Amount - charge.Refunded, charge.Currency)
            : new RefundOutcome.NothingCharged();
    }

    private async Task<ChargeOutcome> BookAsync(Guid orderId, decimal amount, string currency, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OrderingContext>();
        await db.Database.ExecuteSqlAsync(
            $"""
             insert into simulated_charges (order_id, amount, refunded, currency, reference, failures, charged, cancelled)
             values ({orderId}, {amount}, 0, {currency}, {$"ch_{orderId:n}"}, 0, true, false)
             on conflict (order_id) do update set charged = true, reference = excluded.reference
             where not simulated_charges.cancelled
             """,
            cancellationToken);
        var charge = await db.SimulatedCharges.AsNoTracking().SingleAsync(c => c.OrderId == orderId, cancellationToken);

        return charge.Cancelled
            ? new ChargeOutcome.Declined("The payment was cancelled.")
            : new ChargeOutcome.Charged(charge.Reference);
    }

    private async Task<int> CountFailureAsync(Guid orderId, decimal amount, string currency, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OrderingContext>();
        await db.Database.ExecuteSqlAsync(
            $"""
             insert into simulated_charges (order_id, amount, refunded, currency, reference, failures, charged, cancelled)
             values ({orderId}, {amount}, 0, {currency}, '', 1, false, false)
             on conflict (order_id) do update set failures = simulated_charges.failures + 1
             """,
            cancellationToken);

        return await db.SimulatedCharges.Where(c => c.OrderId == orderId).Select(c => c.Failures).SingleAsync(cancellationToken);
    }

    private static string Last4(string cardToken) => cardToken.Length >= 4 ? cardToken[^4..] : cardToken;
}
