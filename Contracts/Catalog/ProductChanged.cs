namespace Contracts.Catalog;

/// <summary>The full state of a product after any change of its description; creation included.</summary>
public sealed record ProductChanged(
    int ProductId,
    string Name,
    string Description,
    decimal Price,
    string Currency,
    string Brand,
    string Type,
    int AvailableStock,
    long Version);
