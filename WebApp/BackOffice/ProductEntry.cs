using System.Globalization;
using WebApp.Clients;
using WebApp.Storefront.Elements;

namespace WebApp.BackOffice;

/// <summary>The fields of a product as text, as forms show them.</summary>
internal sealed record ProductEntry(string Name, string Description, string Type, string Brand, string Price, string Stock, string Featured)
{
    /// <summary>The value of a checkbox that is checked.</summary>
    public const string Yes = "true";

    private const string No = "false";

    public static ProductEntry Of(CatalogItem item) => new(
        item.Name, Lines(item.Description), Text(item.CatalogTypeId), Text(item.CatalogBrandId), PriceText.Plain(item.Price),
        Text(item.AvailableStock), item.IsFeatured ? Yes : No);

    /// <summary>The change to send. The entry must be valid.</summary>
    /// <param name="item">The product as it is stored; null for a new one.</param>
    public ItemChange ToChange(CatalogItem? item) => new(
        item?.Id, Name, Description, EntryRules.ReadPrice(Price)!.Value, Number(Type), Number(Brand),
        item?.PictureFileName, Stock == (item is null ? null : Text(item.AvailableStock)) ? null : Number(Stock),
        Featured == Yes);

    /// <summary>A browser sends nothing for a checkbox that is not checked.</summary>
    public static string Check(string? value) => value == Yes ? Yes : No;

    /// <summary>A browser sends each line break as two characters.</summary>
    public static string Lines(string? text) => (text ?? "").ReplaceLineEndings("\n");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
