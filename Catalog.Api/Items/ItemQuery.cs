using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ServiceDefaults.Text;

namespace Catalog.Api.Items;

/// <summary>
/// The query of lists and facets. Its attributes are on properties: the OpenAPI document cannot read those of constructor parameters.
/// </summary>
public sealed record ItemQuery(
    [property: Range(0, ItemQuery.MaxPageIndex), Description("The page, from 0. Default: 0.")] int? PageIndex,
    [property: Range(1, ItemQuery.MaxPageSize), Description("Products per page, 1 to 100. Default: 10.")] int? PageSize,
    [property: StringLength(ItemRules.NameLength)]
    [property: Description(
        "Words to search for. The beginning of a word is enough. Misspelled words are corrected if nothing else is found.")] string? Name,
    [property: MaxLength(ItemQuery.MaxIds), Description("Ids of types: products of any of them.")] int[]? Type,
    [property: MaxLength(ItemQuery.MaxIds), Description("Ids of brands: products of any of them.")] int[]? Brand,
    [property: Range(0.0, ItemRules.HighestPrice), Description("The lowest price, such as 19.90.")] decimal? MinPrice,
    [property: Range(0.0, ItemRules.HighestPrice), Description("The highest price, such as 49.90.")] decimal? MaxPrice,
    [property: Description("true: only products in stock; false: only sold-out products.")] bool? InStock,
    [property: AllowedValues(null, "", "name", "price", "-price", "newest", ErrorMessage = "must be name, price, -price or newest.")]
    [property: Description("name, price, -price or newest. Default: name.")] string? Sort) : IValidatableObject
{
    public const int MaxPageIndex = 1_000_000;
    public const int MaxPageSize = 100;
    public const int DefaultPageSize = 10;
    public const int MaxIds = 100;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Name?.IsNormalizable() is false)
        {
            yield return new ValidationResult("must be valid Unicode text.", [nameof(Name)]);
        }

        if (MinPrice > MaxPrice)
        {
            yield return new ValidationResult("must not be above maxPrice.", [nameof(MinPrice)]);
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
        Order = Sort switch
        {
            "price" => ItemOrder.Price,
            "-price" => ItemOrder.PriceDescending,
            "newest" => ItemOrder.Newest,
            _ => ItemOrder.Name,
        },
    };
}
