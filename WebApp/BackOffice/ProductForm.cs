using System.ComponentModel.DataAnnotations;
using ServiceDefaults.Text;
using WebApp.Clients;
using WebApp.Storefront.Elements;

namespace WebApp.BackOffice;

/// <summary>The form of a product. All fields are text, so that a faulty entry is shown again as it was typed.</summary>
public sealed class ProductForm : IProductEdit
{
    [Required(ErrorMessage = "Enter a name."), PlainText(MaxLength = 100)]
    public string? Name { get; set; }

    [PlainText(MaxLength = 4000, Multiline = true)]
    public string? Description { get; set; }

    [Required(ErrorMessage = "Choose a type."), RegularExpression("[0-9]{1,9}", ErrorMessage = "Choose a type.")]
    public string? Type { get; set; }

    [Required(ErrorMessage = "Choose a brand."), RegularExpression("[0-9]{1,9}", ErrorMessage = "Choose a brand.")]
    public string? Brand { get; set; }

    [Required(ErrorMessage = EntryRules.PriceFault), RegularExpression(EntryRules.Price, ErrorMessage = EntryRules.PriceFault)]
    public string? Price { get; set; }

    [Required(ErrorMessage = EntryRules.StockFault), RegularExpression(EntryRules.Stock, ErrorMessage = EntryRules.StockFault)]
    public string? Stock { get; set; }

    public string? Featured { get; set; }

    public string? Marks { get; set; }

    public static ProductForm Of(CatalogItem item)
    {
        var entry = ProductEntry.Of(item);
        return new ProductForm
        {
            Name = entry.Name,
            Description = entry.Description,
            Type = entry.Type,
            Brand = entry.Brand,
            Price = entry.Price,
            Stock = entry.Stock,
            Featured = entry.Featured,
            Marks = MarksOf(entry),
        };
    }

    /// <summary>The change of a new product. The form must be valid.</summary>
    public ItemChange ToNewItem() => Entry().ToChange(null);

    public ItemChange? MergeInto(CatalogItem item, FormErrors errors)
    {
        var (typed, stored) = (Entry(), ProductEntry.Of(item));
        var merge = new EntryMerge(Marks, errors);
        var entry = new ProductEntry(
            merge.Field(0, nameof(Name), typed.Name, stored.Name, stored.Name),
            merge.Field(1, nameof(Description), typed.Description, stored.Description, "another text"),
            merge.Field(2, nameof(Type), typed.Type, stored.Type, item.CatalogType?.Name ?? "another type"),
            merge.Field(3, nameof(Brand), typed.Brand, stored.Brand, item.CatalogBrand?.Name ?? "another brand"),
            merge.Field(4, nameof(Price), typed.Price, stored.Price, PriceText.Format(item.Price, item.Currency)),
            merge.Field(5, nameof(Stock), typed.Stock, stored.Stock, stored.Stock),
            merge.Field(6, nameof(Featured), typed.Featured, stored.Featured, item.IsFeatured ? "shown first" : "not shown first"));

        if (!errors.Any)
        {
            return entry.ToChange(item);
        }

        Marks = MarksOf(stored);
        return null;
    }

    private ProductEntry Entry() => new(
        Name!.Trim(), ProductEntry.Lines(Description).Trim(), Type!, Brand!, Price!.Trim(), Stock!.Trim(), ProductEntry.Check(Featured));

    private static string MarksOf(ProductEntry entry) =>
        FieldMarks.Of(entry.Name, entry.Description, entry.Type, entry.Brand, entry.Price, entry.Stock, entry.Featured);
}
