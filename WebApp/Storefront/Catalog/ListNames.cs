using WebApp.Clients;

namespace WebApp.Storefront.Catalog;

/// <summary>What a list of products is called in headings and titles.</summary>
internal static class ListNames
{
    /// <summary>A search, one type, one brand, or one type of one brand; everything else is just products.</summary>
    public static string TitleOf(CatalogQuery query, CatalogFacets? facets)
    {
        if (query.Search is { Length: > 0 } search)
        {
            return $"Results for “{search}”";
        }

        var type = query.Types is [var typeId] ? facets?.Types.FirstOrDefault(facet => facet.Id == typeId)?.Name : null;
        var brand = query.Brands is [var brandId] ? facets?.Brands.FirstOrDefault(facet => facet.Id == brandId)?.Name : null;
        return (query.Types.Count, query.Brands.Count, type, brand) switch
        {
            (1, 1, not null, not null) => $"{type} by {brand}",
            (1, 0, not null, _) => type,
            (0, 1, _, not null) => brand,
            _ => "Products",
        };
    }

    public static string DescriptionOf(CatalogQuery query, string title) =>
        query.Types.Count + query.Brands.Count > 0 && query.Search is null
        ? $"{title}: made well, priced plainly, and delivered free by people who answer."
        : "Well-made things for home, desk and outdoors, priced plainly, and delivered free by people who answer.";

    /// <summary>One address for the many that show the same products in another order or with another filter.</summary>
    public static string CanonicalPathOf(CatalogQuery query) => query.Search is null
        ? new CatalogQuery { Types = query.Types, Brands = query.Brands, Page = query.Page }.ToPath()
        : new CatalogQuery { Search = query.Search }.ToPath();
}
