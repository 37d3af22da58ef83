namespace Contracts.Ordering;

public sealed record OrderShipped(Guid OrderId, Guid BuyerId, long Version);
