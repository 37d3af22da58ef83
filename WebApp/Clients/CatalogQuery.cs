using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace WebApp.Clients;

/// <summary>A visitor's search and filters. They are in the page's address, so that it can be bookmarked and shared.</summary>
public sealed record CatalogQuery
{
    public const int DefaultPageSize = 24;

    public string? Search { get; init; }
    public IReadOnlyList<int> Types { get; init; } = [];
    public IReadOnlyList<int> Brands { get; init; } = [];
    public decimal? MinPrice { get; init; }
    public decimal? MaxPrice { get; init; }
    public bool InStock { get; init; }

    /// <summary>Only items of which at most this number can be bought; for the back office.</summary>
    public int? MaxStock { get; init; }

    /// <summary>Whether a misspelled search is left as it is.</summary>
    public bool IsExact { get; init; }

    public string? Sort { get; init; }

    /// <summary>From 1; the API counts from 0.</summary>
    public int Page { get; init; } = 1;
    public int PageSize { get; init; } = DefaultPageSize;

    public bool IsFiltered => Types.Count > 0 || Brands.Count > 0 || MinPrice is not null || MaxPrice is not null || InStock;

    public bool IsFrontPage => !IsFiltered && string.IsNullOrEmpty(Search) && Page == 1 && string.IsNullOrEmpty(Sort);

    public CatalogQuery WithType(int id) => this with { Types = Toggle(Types, id), Page = 1 };

    public CatalogQuery WithBrand(int id) => this with { Brands = Toggle(Brands, id), Page = 1 };

    /// <summary>The parameters of the page's address, for links and for the hidden fields of its forms.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Parameters() => Present(
    [
        ("q", Search), .. Types.Select(id => ("type", Text(id))), .. Brands.Select(id => ("brand", Text(id))),
        ("min", Text(MinPrice)), ("max", Text(MaxPrice)), ("stock", InStock ? "1" : null), ("sort", Sort),
        ("exact", IsExact && Search is not null ? "1" : null), ("page", Page > 1 ? Text(Page) : null),
    ]);

    /// <summary>The address of the catalog page that shows this.</summary>
    public string ToPath() => QueryHelpers.AddQueryString("/", Parameters());

    public string ToApiQuery() => QueryHelpers.AddQueryString("", Present(
    [
        ("name", Search), .. Types.Select(id => ("type", Text(id))), .. Brands.Select(id => ("brand", Text(id))),
        ("minPrice", Text(MinPrice)), ("maxPrice", Text(MaxPrice)), ("inStock", InStock ? "true" : null),
        ("maxStock", Text(MaxStock)), ("exact", IsExact ? "true" : null), ("sort", Sort),
        ("pageIndex", Text(Page - 1)), ("pageSize", Text(PageSize)),
    ])).TrimStart('?');

    private static int[] Toggle(IReadOnlyList<int> ids, int id) => ids.Contains(id) ? [.. ids.Where(other => other != id)] : [.. ids, id];

    private static IEnumerable<KeyValuePair<string, string?>> Present((string Name, string? Value)[] parameters) =>
        parameters.Where(p => !string.IsNullOrEmpty(p.Value)).Select(p => KeyValuePair.Create(p.Name, p.Value));

    private static string? Text(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture);
}
