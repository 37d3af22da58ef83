namespace Contracts.Ordering;

public sealed record OrderPaid(Guid OrderId, Guid BuyerId, decimal Total, string Currency, long Version);
