using Catalog.Api.Items;

namespace Catalog.Api.Highlights;

/// <summary>Products for a front page. Each is in stock, and in one of the lists only.</summary>
public sealed record HighlightsView(
    IReadOnlyList<ItemView> Featured, IReadOnlyList<ItemView> NearlyGone, IReadOnlyList<ItemView> Bestsellers,
    IReadOnlyList<ItemView> Newest);
