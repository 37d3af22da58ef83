namespace Catalog.Api.Items;

public enum ItemOrder
{
    Name,

    /// <summary>What fits a search best; without a search, by name.</summary>
    Relevance,
    Price,
    PriceDescending,
    Newest,

    /// <summary>The lowest stock first.</summary>
    Stock,
}
