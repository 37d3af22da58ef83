namespace Ordering.Api.Payments;

/// <summary>
/// The payment provider. An interface because shops plug in their own; register it after <c>AddPayments</c>. Every call may be repeated,
/// at the same time or after a crash: the id of the order, or of the refund, is the idempotency key. An exception means that the result is
/// unknown; the call is repeated.
/// </summary>
public interface IPaymentGateway
{
    /// <summary>Takes the amount from the card, at most once for each order.</summary>
    Task<ChargeOutcome> ChargeAsync(Guid orderId, decimal amount, string currency, string cardToken, CancellationToken cancellationToken);

    /// <summary>Refunds a part of what was charged for the order, once for each <paramref name="refundId"/>.</summary>
    Task<RefundOutcome> RefundPartAsync(Guid orderId, Guid refundId, decimal amount, CancellationToken cancellationToken);

    /// <summary>
    /// Refunds what is left of the charge for the order, if anything, and declines every later charge and refund for it.
    /// </summary>
    Task<RefundOutcome> RefundAsync(Guid orderId, CancellationToken cancellationToken);
}
