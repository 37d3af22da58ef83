using Contracts.Ordering;

namespace WebApp.Clients;

/// <summary>An order of Ordering.Api. What an older replica of it leaves out is empty.</summary>
public sealed record OrderView
{
    public required Guid Id { get; init; }

    /// <summary>What people name the order by; empty until Ordering has the order.</summary>
    public string Number { get; init; } = "";

    public required OrderStatus Status { get; init; }

    public DateTimeOffset PlacedAt { get; init; }

    public decimal Total { get; init; }

    /// <summary>The part of the total that went back to the buyer or is on its way.</summary>
    public decimal Refunded { get; init; }

    /// <summary>What a cancellation gives back of a payment.</summary>
    public decimal Unrefunded => Total - Refunded;

    public string Currency { get; init; } = ShopCurrency.Code;

    public IReadOnlyList<OrderLine> Lines { get; init; } = [];

    public string BuyerName { get; init; } = "";

    public string BuyerEmail { get; init; } = "";

    public Address? ShippingAddress { get; init; }

    public PaymentMethod? Payment { get; init; }

    public string? Carrier { get; init; }

    public string? TrackingNumber { get; init; }

    public IReadOnlyList<OrderStep> Timeline { get; init; } = [];

    public IReadOnlyList<OrderRefund> Refunds { get; init; } = [];

    /// <summary>
    /// One of <see cref="CancelReasons"/>, or one that was added later; null unless the order is cancelled.
    /// </summary>
    public string? CancelReasonCode { get; init; }

    /// <summary>The same as a sentence for the buyer.</summary>
    public string? CancelReason { get; init; }

    public bool CanBeCancelled => Status is not (OrderStatus.Shipped or OrderStatus.Cancelled);

    public bool CanBeRefunded => Status is OrderStatus.Paid or OrderStatus.Shipped && Refunded < Total;

    public bool IsSettled => !CanBeCancelled;

    /// <summary>False right after the checkout, while Ordering does not have the order yet.</summary>
    public bool IsPlaced => Number.Length > 0;

    /// <summary>
    /// Whether the buyer deleted the account. Ordering then erases the e-mail address and the card of finished orders, and sends no mail.
    /// </summary>
    public bool IsErased => IsPlaced && BuyerEmail.Length == 0;

    public bool Reached(OrderStatus status) => Timeline.Any(step => step.Status == status);
}
