namespace Contracts.Ordering;

/// <summary>
/// The order moved to StockReserved. Published by Ordering after it handled Catalog's StockReserved, for consumers that follow orders.
/// </summary>
public sealed record OrderStockReserved(Guid OrderId, Guid BuyerId, long Version);
