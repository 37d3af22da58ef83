namespace Contracts.Ordering;

/// <param name="Number">The number that people know, such as SH-48213.</param>
public sealed record OrderPaid(Guid OrderId, Guid BuyerId, decimal Total, string Currency, long Version, string? Number = null);
