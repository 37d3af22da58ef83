namespace Basket.Api.Products;

public static class Availability
{
    /// <summary>Why this quantity of the product cannot be bought; null when it can.</summary>
    public static string? Explain(Product product, int quantity) => product switch
    {
        { IsDiscontinued: true } => "No longer sold.",
        { AvailableStock: <= 0 } => "Sold out.",
        _ when quantity > product.AvailableStock => $"Only {product.AvailableStock} left.",
        _ => null,
    };
}
