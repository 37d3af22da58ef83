namespace Contracts.Ordering;

public sealed record OrderPlaced(
    Guid OrderId,
    Guid BuyerId,
    decimal Total,
    string Currency,
    IReadOnlyList<OrderedLine> Lines,
    long Version);

public sealed record OrderedLine(int ProductId, string ProductName, decimal UnitPrice, int Quantity);
