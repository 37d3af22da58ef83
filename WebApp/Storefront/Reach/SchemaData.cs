using WebApp.Clients;
using WebApp.Storefront.Elements;

namespace WebApp.Storefront.Reach;

/// <summary>Data of schema.org about the shop and its products.</summary>
internal static class SchemaData
{
    public static object Shop(PublicLinks links) => new Dictionary<string, object>
    {
        ["@context"] = "https://schema.org",
        ["@graph"] = new object[]
        {
            new Dictionary<string, object>
            {
                ["@type"] = "Organization",
                ["name"] = "Shop",
                ["url"] = links.To("/"),
                ["logo"] = links.To("/icons/shop-512.png"),
            },
            new Dictionary<string, object>
            {
                ["@type"] = "WebSite",
                ["name"] = "Shop",
                ["url"] = links.To("/"),
                ["potentialAction"] = new Dictionary<string, object>
                {
                    ["@type"] = "SearchAction",
                    ["target"] = links.To("/?q={search_term_string}"),
                    ["query-input"] = "required name=search_term_string",
                },
            },
        },
    };

    public static object Product(CatalogItem item, PublicLinks links) => new Dictionary<string, object>
    {
        ["@context"] = "https://schema.org",
        ["@graph"] = new object[] { ProductOf(item, links), Crumbs(item, links) },
    };

    private static Dictionary<string, object> ProductOf(CatalogItem item, PublicLinks links) => new()
    {
        ["@type"] = "Product",
        ["name"] = item.Name,
        ["description"] = item.Description,
        ["sku"] = $"{item.Id}",
        ["image"] = links.To(ProductPicture.AddressOf(item.Id, 1280, item.PictureVersion)),
        ["brand"] = new Dictionary<string, object> { ["@type"] = "Brand", ["name"] = item.CatalogBrand?.Name ?? "Shop" },
        ["offers"] = new Dictionary<string, object>
        {
            ["@type"] = "Offer",
            ["url"] = links.To($"/products/{item.Id}"),
            ["price"] = PriceText.Plain(item.Price),
            ["priceCurrency"] = item.Currency,
            ["availability"] = $"https://schema.org/{(item.AvailableStock > 0 ? "InStock" : "OutOfStock")}",
            ["itemCondition"] = "https://schema.org/NewCondition",
        },
    };

    private static Dictionary<string, object> Crumbs(CatalogItem item, PublicLinks links) => new()
    {
        ["@type"] = "BreadcrumbList",
        ["itemListElement"] = new object[]
        {
            Crumb(1, "All products", links.To("/")),
            Crumb(2, item.CatalogType?.Name ?? "Products", links.To(new CatalogQuery { Types = [item.CatalogTypeId] }.ToPath())),
            Crumb(3, item.Name, links.To($"/products/{item.Id}")),
        },
    };

    private static Dictionary<string, object> Crumb(int position, string name, string address) => new()
    {
        ["@type"] = "ListItem",
        ["position"] = position,
        ["name"] = name,
        ["item"] = address,
    };
}
