namespace Catalog.Api.Items;

/// <summary>The limits of a product's data, the same for requests, seed files and columns.</summary>
public static class ItemRules
{
    public const int NameLength = 100;
    public const int DescriptionLength = 4000;
    public const int PictureFileNameLength = 120;
    public const int HighestPrice = 1_000_000;
    public const int HighestStock = 1_000_000;
}
