using System.Text.Json;
using Contracts.Catalog;

namespace Basket.Api.Products;

/// <summary>
/// What Basket keeps of a product of Catalog. Each event tells a part of it, and events may overtake one another: every part has the version
/// that it was told in, so that an older event never overwrites what a newer one said, and still adds what the newer one did not say.
/// </summary>
public sealed record Product(int Id)
{
    public string? Name { get; init; }
    public long NameVersion { get; init; }
    public decimal Price { get; init; }
    public string Currency { get; init; } = "";
    public long PriceVersion { get; init; }
    public int AvailableStock { get; init; }
    public long StockVersion { get; init; }
    public bool IsDiscontinued { get; init; }
    public long SaleVersion { get; init; }

    /// <summary>False while only parts have been told, as when a price came before the product's first full state.</summary>
    public bool IsKnown() => Name is not null;

    public bool CanBeBought() => IsKnown() && !IsDiscontinued && AvailableStock > 0;

    public Product Apply(ProductChanged told)
    {
        var product = Priced(told.Price, told.Currency, told.Version).Stocked(told.AvailableStock, told.Version);

        if (told.Version > NameVersion)
        {
            product = product with { Name = told.Name, NameVersion = told.Version };
        }

        if (told.Version > SaleVersion)
        {
            // The full state does not say "discontinued", but only what is on sale has stock.
            product = product with { IsDiscontinued = IsDiscontinued && told.AvailableStock == 0, SaleVersion = told.Version };
        }

        return product;
    }

    public Product Apply(PriceChanged told) => Priced(told.NewPrice, told.Currency, told.Version);

    public Product Apply(StockLevelChanged told) => Stocked(told.AvailableStock, told.Version);

    public Product Apply(ProductDiscontinued told) =>
        told.Version > SaleVersion ? this with { IsDiscontinued = true, SaleVersion = told.Version } : this;

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public static Product FromJson(string json) => JsonSerializer.Deserialize<Product>(json, JsonSerializerOptions.Web)!;

    private Product Priced(decimal price, string currency, long version) =>
        version > PriceVersion ? this with { Price = price, Currency = currency, PriceVersion = version } : this;

    private Product Stocked(int availableStock, long version) =>
        version > StockVersion ? this with { AvailableStock = availableStock, StockVersion = version } : this;
}
