namespace Contracts.Ordering;

/// <param name="Number">The number that people know, such as SH-48213.</param>
public sealed record OrderPlaced(
    Guid OrderId,
    Guid BuyerId,
    decimal Total,
    string Currency,
    IReadOnlyList<OrderLine> Lines,
    long Version,
    string? Number = null);
