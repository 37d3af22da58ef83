namespace Catalog.Api.Items;

/// <summary>Which products, in which order, and which page of them.</summary>
public sealed record ItemFilter
{
    public required int PageIndex { get; init; }
    public required int PageSize { get; init; }
    public required SearchText? Search { get; init; }
    public required int[] Types { get; init; }
    public required int[] Brands { get; init; }
    public required decimal? MinPrice { get; init; }
    public required decimal? MaxPrice { get; init; }
    public required bool? InStock { get; init; }
    public required int? MaxStock { get; init; }

    /// <summary>Whether misspelled words are left as they are.</summary>
    public required bool IsExact { get; init; }

    public required ItemOrder Order { get; init; }
}
