namespace Contracts.Ordering;

/// <summary>
/// The order moved to StockReserved: Ordering's own word on what Catalog's StockReserved led to, for those who follow orders.
/// </summary>
public sealed record OrderStockReserved(Guid OrderId, Guid BuyerId, long Version);
