namespace Contracts.Ordering;

/// <summary>Why an order was cancelled: the values of <see cref="OrderCancelled.ReasonCode"/>. More may be added.</summary>
public static class CancelReasons
{
    /// <summary>Catalog had too little stock for at least one line.</summary>
    public const string OutOfStock = "outOfStock";

    /// <summary>Catalog did not answer the reservation in time.</summary>
    public const string StockTimedOut = "stockTimedOut";

    /// <summary>The payment provider declined the card.</summary>
    public const string PaymentDeclined = "paymentDeclined";

    /// <summary>The payment was not taken in time, or the stock was no longer held when it could be taken.</summary>
    public const string PaymentTimedOut = "paymentTimedOut";

    public const string CancelledByBuyer = "cancelledByBuyer";

    /// <summary>An administrator cancelled the order.</summary>
    public const string CancelledByShop = "cancelledByShop";
}
