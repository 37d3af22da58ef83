using Basket.Api.Baskets;

namespace Basket.Api.Products;

/// <summary>Finds products for buyers. While the replica is incomplete, an unknown product may exist: the answer is 503, not 404.</summary>
public sealed class ProductShelf(ProductStore products, Replica replica)
{
    private static readonly Refusal NotReady = new(
        RefusalReason.NotReady, "The service is still loading the products from the catalog. Try again in a moment.");

    public async Task<Outcome<Product>> FindAsync(int productId) =>
        await products.FindAsync(productId) is { } product && product.IsKnown() ? product
        : await replica.IsCompleteAsync() ? Refusal.NotFound($"There is no product {productId}.")
        : NotReady;

    /// <summary>The products of the basket's lines. One that does not exist is missing.</summary>
    public async Task<Outcome<IReadOnlyDictionary<int, Product>>> FindAsync(BasketSnapshot basket)
    {
        var found = await products.FindAsync([.. basket.Lines.Select(line => line.ProductId)]);
        var allKnown = basket.Lines.All(line => found.GetValueOrDefault(line.ProductId)?.IsKnown() is true);

        return allKnown || await replica.IsCompleteAsync() ? new Outcome<IReadOnlyDictionary<int, Product>>(found, null) : NotReady;
    }
}
