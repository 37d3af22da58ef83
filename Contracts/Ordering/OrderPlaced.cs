namespace Contracts.Ordering;

public sealed record OrderPlaced(
    Guid OrderId,
    Guid BuyerId,
    decimal Total,
    string Currency,
    IReadOnlyList<OrderLine> Lines,
    long Version);
