namespace Ordering.Api.Payments;

/// <summary>The payment of one order and its result; at most one per order.</summary>
public sealed class Payment
{
    public required Guid OrderId { get; init; }

    public required decimal Amount { get; init; }

    public required string Currency { get; init; }

    /// <summary>The part of <see cref="Amount"/> that the provider gave back.</summary>
    public decimal Refunded { get; private set; }

    public PaymentStatus Status { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>The provider's id of the charge or refund.</summary>
    public string? Reference { get; private set; }

    /// <summary>Why the last attempt did not succeed.</summary>
    public string? Problem { get; private set; }

    public DateTimeOffset ChangedAt { get; private set; }

    public void RecordCharge(string reference, DateTimeOffset now)
    {
        (Status, Reference, Problem) = (PaymentStatus.Charged, reference, null);
        Attempted(now);
    }

    public void RecordDecline(string reason, DateTimeOffset now)
    {
        (Status, Problem) = (PaymentStatus.Declined, reason);
        Attempted(now);
    }

    public void RecordOutage(string reason, DateTimeOffset now)
    {
        (Status, Problem) = (PaymentStatus.Pending, reason);
        Attempted(now);
    }

    public void RecordRefund(string reference, decimal amount, DateTimeOffset now)
    {
        Refunded += amount;
        (Status, Reference, ChangedAt) = (Refunded < Amount ? PaymentStatus.PartlyRefunded : PaymentStatus.Refunded, reference, now);
    }

    private void Attempted(DateTimeOffset now)
    {
        Attempts++;
        ChangedAt = now;
    }
}
