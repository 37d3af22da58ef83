namespace Contracts.Catalog;

/// <summary>All lines of the order are held back for it until it is shipped, cancelled or the hold expires.</summary>
public sealed record StockReserved(Guid OrderId, DateTimeOffset ExpiresAt);
