namespace Ordering.Api.Payments;

/// <summary>
/// The payment provider. An interface because shops plug in their own; register it after <c>AddPayments</c>. Both calls may be repeated, at
/// the same time or after a crash: the order's id is the idempotency key. An exception means that the result is unknown; the call is
/// repeated.
/// </summary>
public interface IPaymentGateway
{
    /// <summary>Takes the amount from the card, at most once for each order.</summary>
    Task<ChargeOutcome> ChargeAsync(Guid orderId, decimal amount, string currency, string cardToken, CancellationToken cancellationToken);

    /// <summary>Refunds what was charged for the order, if anything, and declines every later charge for it.</summary>
    Task<RefundOutcome> RefundAsync(Guid orderId, CancellationToken cancellationToken);
}
