namespace Catalog.Api.Items;

/// <summary>A product's description that passed every check.</summary>
/// <param name="AvailableStock">Null: leave it as it is.</param>
public sealed record ItemDraft(
    int? Id, string Name, string Description, decimal Price, int TypeId, int BrandId, string? PictureFileName, int? AvailableStock)
{
    public const int NameLength = 100;
    public const int DescriptionLength = 4000;
    public const int PictureFileNameLength = 120;
    public const decimal HighestPrice = 1_000_000m;
    public const int HighestStock = 1_000_000;
    public const int HighestId = 1_000_000_000;
}
