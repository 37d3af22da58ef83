using System.Text.Json;
using Contracts.Catalog;

namespace Basket.Api.Products;

/// <summary>
/// What Basket keeps of a product of Catalog. An event carries a part of the product, and events may overtake one another. So each part has
/// the version of its last change: an older event never overwrites a newer part, and still adds parts that the newer event did not carry.
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

    /// <summary>False while only parts are known, for example when a price came before the first full state.</summary>
    public bool IsKnown() => Name is not null;

    public bool CanBeBought() => IsKnown() && !IsDiscontinued && AvailableStock > 0;

    // The full state in the event does not say "discontinued", but only a product on sale has stock.
    public Product Apply(ProductChanged message) => Named(message.Name, message.Version)
        .Priced(message.Price, message.Currency, message.Version)
        .Stocked(message.AvailableStock, message.Version)
        .OnSale(IsDiscontinued && message.AvailableStock == 0, message.Version);

    public Product Apply(PriceChanged message) => Priced(message.NewPrice, message.Currency, message.Version);

    public Product Apply(StockLevelChanged message) => Stocked(message.AvailableStock, message.Version);

    public Product Apply(ProductDiscontinued message) => OnSale(isDiscontinued: true, message.Version);

    public Product Apply(FeedProduct state) => Named(state.Name, state.Version)
        .Priced(state.Price, state.Currency, state.Version)
        .Stocked(state.AvailableStock, state.Version)
        .OnSale(state.IsDiscontinued, state.Version);

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public static Product FromJson(string json) => JsonSerializer.Deserialize<Product>(json, JsonSerializerOptions.Web)!;

    private Product Named(string name, long version) => version > NameVersion ? this with { Name = name, NameVersion = version } : this;

    private Product OnSale(bool isDiscontinued, long version) =>
        version > SaleVersion ? this with { IsDiscontinued = isDiscontinued, SaleVersion = version } : this;

    private Product Priced(decimal price, string currency, long version) =>
        version > PriceVersion ? this with { Price = price, Currency = currency, PriceVersion = version } : this;

    private Product Stocked(int availableStock, long version) =>
        version > StockVersion ? this with { AvailableStock = availableStock, StockVersion = version } : this;
}
