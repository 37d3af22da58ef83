namespace Ordering.Api.Orders;

public enum RefundStatus
{
    /// <summary>The payment provider has not confirmed it yet.</summary>
    Requested,
    Refunded,

    /// <summary>The payment provider refused it.</summary>
    Refused,
}
