namespace Ordering.Api.Payments;

public enum PaymentStatus
{
    /// <summary>The provider could not answer; it is asked again.</summary>
    Pending,
    Charged,
    Declined,
    Refunded,
}

/// <summary>What became of taking the money for one order. At most one per order.</summary>
public sealed class Payment
{
    public required Guid OrderId { get; init; }

    public required decimal Amount { get; init; }

    public required string Currency { get; init; }

    public PaymentStatus Status { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>The provider's own name for the charge.</summary>
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

    public void RecordRefund(string reference, DateTimeOffset now) =>
        (Status, Reference, ChangedAt) = (PaymentStatus.Refunded, reference, now);

    private void Attempted(DateTimeOffset now)
    {
        Attempts++;
        ChangedAt = now;
    }
}
