using System.ComponentModel.DataAnnotations;
using WebApp.Clients;
using WebApp.Storefront.Elements;

namespace WebApp.BackOffice;

/// <summary>Price and stock of one product in the list.</summary>
public sealed class RowForm : IProductEdit
{
    public int Id { get; set; }

    [Required(ErrorMessage = EntryRules.PriceFault), RegularExpression(EntryRules.Price, ErrorMessage = EntryRules.PriceFault)]
    public string? Price { get; set; }

    [Required(ErrorMessage = EntryRules.StockFault), RegularExpression(EntryRules.Stock, ErrorMessage = EntryRules.StockFault)]
    public string? Stock { get; set; }

    public string? Marks { get; set; }

    public static RowForm Of(CatalogItem item)
    {
        var entry = ProductEntry.Of(item);
        return new RowForm { Id = item.Id, Price = entry.Price, Stock = entry.Stock, Marks = MarksOf(entry) };
    }

    public ItemChange? MergeInto(CatalogItem item, FormErrors errors)
    {
        var stored = ProductEntry.Of(item);
        var merge = new EntryMerge(Marks, errors);
        var entry = stored with
        {
            Price = merge.Field(0, nameof(Price), Price!.Trim(), stored.Price, PriceText.Format(item.Price, item.Currency)),
            Stock = merge.Field(1, nameof(Stock), Stock!.Trim(), stored.Stock, stored.Stock),
        };

        if (!errors.Any)
        {
            return entry.ToChange(item);
        }

        Marks = MarksOf(stored);
        return null;
    }

    private static string MarksOf(ProductEntry entry) => FieldMarks.Of(entry.Price, entry.Stock);
}
