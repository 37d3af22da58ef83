namespace Ordering.Api.Payments;

/// <summary>
/// The payment provider. An interface because shops plug in their own; register it after <c>AddPayments</c>. Both calls may come twice, also
/// at the same time or after a crash: the order's id is the idempotency key. An exception means that it is not known what happened; the
/// call is repeated.
/// </summary>
public interface IPaymentGateway
{
    /// <summary>Takes the amount from the card, at most once for each order.</summary>
    Task<ChargeOutcome> ChargeAsync(Guid orderId, decimal amount, string currency, string cardToken, CancellationToken cancellationToken);

    /// <summary>Gives back what was charged for the order, if anything, and declines every later charge for it.</summary>
    Task<RefundOutcome> RefundAsync(Guid orderId, CancellationToken cancellationToken);
}

public abstract record ChargeOutcome
{
    public sealed record Charged(string Reference) : ChargeOutcome;

    /// <summary>The provider says no. <see cref="Reason"/> is a sentence for the buyer.</summary>
    public sealed record Declined(string Reason) : ChargeOutcome;

    /// <summary>The provider cannot say; nothing was charged. Asked again later.</summary>
    public sealed record Unavailable(string Reason) : ChargeOutcome;
}

public abstract record RefundOutcome
{
    public sealed record Refunded(string Reference, decimal Amount, string Currency) : RefundOutcome;

    public sealed record NothingCharged : RefundOutcome;
}
