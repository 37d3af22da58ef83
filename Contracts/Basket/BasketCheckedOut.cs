using Contracts.Ordering;

namespace Contracts.Basket;

/// <summary>A buyer confirmed a basket. Basket chooses the order's id, so that a repeated checkout names the same order.</summary>
public sealed record BasketCheckedOut(
    Guid OrderId,
    Guid BuyerId,
    string BuyerName,
    string BuyerEmail,
    string Currency,
    decimal Total,
    IReadOnlyList<OrderLine> Lines,
    Address ShippingAddress,
    PaymentCard Card);
