namespace Contracts.Ordering;

/// <param name="Number">The number that people know, such as SH-48213.</param>
public sealed record OrderShipped(Guid OrderId, Guid BuyerId, long Version, string? Number = null);
