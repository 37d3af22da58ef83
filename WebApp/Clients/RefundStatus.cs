namespace WebApp.Clients;

public enum RefundStatus
{
    Requested,
    Refunded,

    /// <summary>The payment provider refused it.</summary>
    Refused,
}
