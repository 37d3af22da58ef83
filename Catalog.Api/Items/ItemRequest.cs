using System.ComponentModel;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using ServiceDefaults;
using static System.FormattableString;

namespace Catalog.Api.Items;

/// <summary>A product as a client sends it. Members that it does not know are ignored, so an item that was read can be sent back.</summary>
public sealed partial record ItemRequest(
    [property: Description("Chosen by the shop when left out or 0.")] int? Id,
    [property: Description("1 to 100 characters.")] string? Name,
    [property: Description("Up to 4000 characters.")] string? Description,
    [property: Description("More than 0, at most two decimals.")] decimal? Price,
    [property: Description("EUR, or left out.")] string? Currency,
    int? CatalogTypeId,
    int? CatalogBrandId,
    [property: Description("A file name without a folder; left out: no picture of its own (POST) or the one it has (PUT).")] string? PictureFileName,
    [property: Description("What can be bought; left out: 0 (POST) or as it is (PUT).")] int? AvailableStock)
{
    /// <summary>Checks everything and reports all that is wrong, by field.</summary>
    public async Task<Checked> CheckAsync(CatalogContext db, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        var name = Name?.Trim() ?? "";
        var description = Description?.Trim() ?? "";

        faults
            .Unless(Id is null or (>= 0 and <= ItemDraft.HighestId), "id", $"must be between 1 and {ItemDraft.HighestId}, or left out; it is {Id}.")
            .Unless(name.Length > 0, "name", "is required.")
            .Unless(name.Length <= ItemDraft.NameLength, "name", $"may have {ItemDraft.NameLength} characters; it has {name.Length}.")
            .Unless(!name.Any(char.IsControl), "name", "may not contain control characters.")
            .Unless(description.Length <= ItemDraft.DescriptionLength, "description",
                $"may have {ItemDraft.DescriptionLength} characters; it has {description.Length}.")
            .Unless(!description.Contains('\0', StringComparison.Ordinal), "description", "may not contain the character 0.")
            .Unless(Price is not null, "price", "is required.")
            .Unless(Price is null or (> 0 and <= ItemDraft.HighestPrice), "price",
                Invariant($"must be more than 0 and at most {ItemDraft.HighestPrice}; it is {Price}."))
            .Unless(Price is null || decimal.Round(Price.Value, 2) == Price, "price", Invariant($"may have two decimals; it is {Price}."))
            .Unless(Currency is null or Product.ShopCurrency, "currency", $"must be {Product.ShopCurrency}; it is '{Currency}'.")
            .Unless(AvailableStock is null or (>= 0 and <= ItemDraft.HighestStock), "availableStock",
                $"must be between 0 and {ItemDraft.HighestStock}; it is {AvailableStock}.")
            .Unless(PictureFileName is null || (PictureFileName.Length <= ItemDraft.PictureFileNameLength && PlainFileName().IsMatch(PictureFileName)),
                "pictureFileName", "must be a plain file name such as '7.webp': letters, digits, '-', '_' and '.', no folder.")
            .Unless(CatalogTypeId is not null, "catalogTypeId", "is required.")
            .Unless(CatalogBrandId is not null, "catalogBrandId", "is required.");

        var type = await db.ProductTypes.AsNoTracking().SingleOrDefaultAsync(t => t.Id == CatalogTypeId, cancellationToken);
        var brand = await db.Brands.AsNoTracking().SingleOrDefaultAsync(b => b.Id == CatalogBrandId, cancellationToken);
        faults
            .Unless(CatalogTypeId is null || type is not null, "catalogTypeId", $"names no type: {CatalogTypeId}.")
            .Unless(CatalogBrandId is null || brand is not null, "catalogBrandId", $"names no brand: {CatalogBrandId}.");

        return !faults.Any
            ? new Checked(faults, new ItemDraft(
                Id is 0 ? null : Id, name, description, Price!.Value, type!.Id, brand!.Id, PictureFileName, AvailableStock), type, brand)
            : new Checked(faults, null, null, null);
    }

    [GeneratedRegex(@"^[A-Za-z0-9_-][A-Za-z0-9._-]*\z")]
    private static partial Regex PlainFileName();

    /// <param name="Draft">Set, with type and brand, when there are no faults.</param>
    public sealed record Checked(Faults Faults, ItemDraft? Draft, ProductType? Type, Brand? Brand);
}
