using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ServiceDefaults.Text;

namespace Catalog.Api.Items;

/// <summary>A product as a client sends it. Unknown members are ignored, so a client can send back the item that it read.</summary>
public sealed record ItemRequest(
    [property: Description("Left out or 0: the shop chooses the id.")]
    [Range(0, ProductIds.Highest)] int? Id,

    [property: Description("1 to 100 characters.")]
    [Required, PlainText(MaxLength = ItemRules.NameLength)] string? Name,

    [property: Description("Up to 4000 characters.")]
    [PlainText(MaxLength = ItemRules.DescriptionLength, Multiline = true)] string? Description,

    [property: Description("More than 0, at most two decimals.")]
    [Required, Price] decimal? Price,

    [property: Description("EUR, or left out.")]
    [AllowedValues(null, Product.ShopCurrency,
        ErrorMessage = $"The currency must be {Product.ShopCurrency} or left out.")] string? Currency,

    [Required] int? CatalogTypeId,
    [Required] int? CatalogBrandId,

    [property: Description("A file name without a folder. Left out: no picture (POST), or the present one (PUT).")]
    [StringLength(ItemRules.PictureFileNameLength), RegularExpression(@"[A-Za-z0-9_-][A-Za-z0-9._-]*",
        ErrorMessage = "A file name is like '7.webp': letters, digits, '-', '_' and '.', no folder.")] string? PictureFileName,

    [property: Description("The number that can be bought. Left out: 0 (POST), or the present one (PUT).")]
    [Range(0, ItemRules.HighestStock)] int? AvailableStock,

    [property: Description("Whether the front page shows it first. Left out: no (POST), or as at present (PUT).")]
    bool? IsFeatured = null)
{
    /// <summary>The name as it is stored. The request must be valid.</summary>
    internal string CleanName => Name!.ToNfc().Trim();

    internal string CleanDescription => Description?.ToNfc().Trim() ?? "";

    internal string? GivenPicture => string.IsNullOrEmpty(PictureFileName) ? null : PictureFileName;
}
