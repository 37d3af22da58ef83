namespace Contracts.Basket;

/// <summary>A buyer confirmed a basket. The order's id is chosen here, so that a repeat of the checkout names the same order.</summary>
public sealed record BasketCheckedOut(
    Guid OrderId,
    Guid BuyerId,
    string BuyerName,
    string BuyerEmail,
    string Currency,
    decimal Total,
    IReadOnlyList<CheckedOutLine> Lines,
    ShippingAddress ShippingAddress,
    PaymentCard Card);

public sealed record CheckedOutLine(int ProductId, string ProductName, decimal UnitPrice, int Quantity);

public sealed record ShippingAddress(string Street, string City, string? State, string Country, string ZipCode);

/// <summary>What may be known of a card after checkout: the payment provider's token for it, never its number.</summary>
public sealed record PaymentCard(string Token, string Last4, string Holder);
