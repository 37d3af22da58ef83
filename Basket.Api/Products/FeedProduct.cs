namespace Basket.Api.Products;

/// <summary>The current state of a product in Catalog; only what Basket needs of it.</summary>
public sealed record FeedProduct(
    int ProductId, string Name, decimal Price, string Currency, int AvailableStock, bool IsDiscontinued, long Version);
