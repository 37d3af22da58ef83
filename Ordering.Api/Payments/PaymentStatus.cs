namespace Ordering.Api.Payments;

public enum PaymentStatus
{
    /// <summary>The provider was unavailable; it is called again.</summary>
    Pending,
    Charged,
    Declined,
    PartlyRefunded,
    Refunded,
}
