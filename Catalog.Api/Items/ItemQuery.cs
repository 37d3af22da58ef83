using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Catalog.Api.Items;

/// <summary>
/// The query of lists and facets. Its attributes are on properties: the OpenAPI document cannot read those of constructor parameters.
/// </summary>
public sealed record ItemQuery(
    [property: Range(0, ItemQuery.MaxPageIndex), Description("The page, from 0. Default: 0.")] int? PageIndex,
    [property: Range(1, ItemQuery.MaxPageSize), Description("Products per page, 1 to 100. Default: 10.")] int? PageSize,
    [property: StringLength(ItemRules.NameLength), SearchableText]
    [property: Description(
        "Words to search for, or the number of a product. The beginning of a word is enough. Misspelled words are corrected if nothing " +
        "else is found.")] string? Name,
    [property: MaxLength(ItemQuery.MaxIds), Description("Ids of types: products of any of them.")] int[]? Type,
    [property: MaxLength(ItemQuery.MaxIds), Description("Ids of brands: products of any of them.")] int[]? Brand,
    [property: Range(0.0, ItemRules.HighestPrice), Description("The lowest price, such as 19.90.")] decimal? MinPrice,
    [property: Range(0.0, ItemRules.HighestPrice), Description("The highest price, such as 49.90.")] decimal? MaxPrice,
    [property: Description("true: only products in stock; false: only sold-out products.")] bool? InStock,
    [property: Range(0, ItemRules.HighestStock), Description("Only products of which at most this number can be bought.")] int? MaxStock,
    [property: AllowedValues(
        null, "", "name", "relevance", "price", "-price", "newest", "stock",
        ErrorMessage = "Sort by name, relevance, price, -price, newest or stock.")]
    [property: Description("name, relevance, price, -price, newest or stock. Default: relevance for a search, else name.")] string? Sort,
    [property: Description("true: misspelled words are not corrected.")] bool? Exact) : IValidatableObject
{
    public const int MaxPageIndex = 1_000_000;
    public const int MaxPageSize = 100;
    public const int DefaultPageSize = 10;
    public const int MaxIds = 100;

    /// <summary>A plain search.</summary>
    public static ItemQuery For(string text, int? pageIndex, int? pageSize) =>
        new(pageIndex, pageSize, text, null, null, null, null, null, null, null, null);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MinPrice > MaxPrice)
        {
            yield return new ValidationResult("The lowest price must not be above the highest.", [nameof(MinPrice)]);
        }
    }

    public ItemFilter ToFilter() => new()
    {
        PageIndex = PageIndex ?? 0,
        PageSize = PageSize ?? DefaultPageSize,
        Search = string.IsNullOrWhiteSpace(Name) ? null : SearchText.From(Name),
        Types = Type ?? [],
        Brands = Brand ?? [],
        MinPrice = MinPrice,
        MaxPrice = MaxPrice,
        InStock = InStock,
        MaxStock = MaxStock,
        IsExact = Exact is true,
        Order = Sort switch
        {
            "price" => ItemOrder.Price,
            "-price" => ItemOrder.PriceDescending,
            "newest" => ItemOrder.Newest,
            "stock" => ItemOrder.Stock,
            "name" => ItemOrder.Name,
            _ => ItemOrder.Relevance,
        },
    };
}
