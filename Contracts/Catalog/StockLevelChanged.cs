namespace Contracts.Catalog;

/// <summary>What can still be bought: stock on hand less what is reserved.</summary>
public sealed record StockLevelChanged(int ProductId, int AvailableStock, long Version);
