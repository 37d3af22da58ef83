using Basket.Api.Baskets;

namespace Basket.Api.Products;

/// <summary>Finds the product that a buyer wants to put into the basket.</summary>
public sealed class ProductShelf(ProductStore products, Replica replica)
{
    /// <summary>The product, or why there is none: it does not exist, or the replica is still incomplete.</summary>
    public async Task<Outcome<Product>> TakeAsync(int productId)
    {
        if (await products.FindAsync(productId) is { } product && product.IsKnown())
        {
            return product;
        }

        return await replica.IsCompleteAsync()
            ? Refusal.NotFound($"There is no product {productId}.")
            : new Refusal(RefusalReason.NotReady, "The service is still loading the products from the catalog. Try again in a moment.");
    }
}
