namespace Ordering.Api.Payments;

public abstract record RefundOutcome
{
    public sealed record Refunded(string Reference, decimal Amount, string Currency) : RefundOutcome;

    /// <summary>Nothing was charged, or all of it was refunded before.</summary>
    public sealed record NothingCharged : RefundOutcome;

    /// <summary>The provider refuses this refund for good.</summary>
    public sealed record Refused(string Reason) : RefundOutcome;
}
