namespace Contracts.Ordering;

public sealed record OrderCancelled(Guid OrderId, Guid BuyerId, string Reason, long Version);
