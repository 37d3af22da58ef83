namespace Ordering.Api.Orders;

/// <summary>The result of asking an order for a refund.</summary>
public enum RefundRequest
{
    /// <summary>The amount is set aside; send the command to the payment provider.</summary>
    Made,

    /// <summary>The same request was made before.</summary>
    Repeated,

    /// <summary>The key belongs to another refund of this order.</summary>
    KeyReused,

    /// <summary>The order was not paid, or it is cancelled and everything goes back anyway.</summary>
    NotPaid,

    /// <summary>Less than this amount is left of the payment.</summary>
    TooMuch,
}
