namespace Contracts.Catalog;

public sealed record PriceChanged(int ProductId, decimal OldPrice, decimal NewPrice, string Currency, long Version);
