namespace Catalog.Api.Sales;

/// <summary>
/// How many pieces of a product were sold: paid, and not cancelled after that. In a table of its own, because a sale does not change the
/// product for clients and must not make their caches outdated.
/// </summary>
public sealed class ProductSales
{
    public required int ProductId { get; init; }
    public required long Sold { get; init; }
}
