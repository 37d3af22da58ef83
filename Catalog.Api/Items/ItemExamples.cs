namespace Catalog.Api.Items;

/// <summary>Examples of the OpenAPI document.</summary>
internal static class ItemExamples
{
    public static readonly ItemView Item = new(
        2, "Sunday Teapot", "Round, generous and impossible to hurry.", 42.00m, Product.ShopCurrency, "2.webp",
        2, new TypeView(2, "Teapots"), 2, new BrandView(2, "Fennel & Finch"), 55, 1, "5f0c2a9be1d47733", true);

    public static readonly PageView Page = new(0, 10, 1, [Item with { CatalogType = null, CatalogBrand = null }]);

    public static readonly FacetsView Facets = new(
        1, [new TypeFacet(2, "Teapots", 1, 42.00m)], [new BrandFacet(2, "Fennel & Finch", 1)],
        new PriceFacet(42.00m, 42.00m, Product.ShopCurrency), new StockFacet(1, 0), null);

    public static readonly ItemRequest Request = new(
        null, "Monday Teapot", "Small, strong and straight to the point.", 39.50m, Product.ShopCurrency, 2, 2, null, 25);
}
