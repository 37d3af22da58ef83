namespace Ordering.Api.Payments;

public abstract record RefundOutcome
{
    public sealed record Refunded(string Reference, decimal Amount, string Currency) : RefundOutcome;

    public sealed record NothingCharged : RefundOutcome;
}
