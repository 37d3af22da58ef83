namespace Catalog.Api.Changes;

/// <summary>Products in the order in which they were last changed.</summary>
/// <param name="Next">What to give as <c>after</c> next time.</param>
/// <param name="HasMore">Whether asking again at once brings more.</param>
public sealed record ChangesView(IReadOnlyList<ProductState> Changes, string Next, bool HasMore);

public sealed record ProductState(
    int ProductId,
    string Name,
    string Description,
    decimal Price,
    string Currency,
    string Brand,
    string Type,
    int AvailableStock,
    bool IsDiscontinued,
    long Version);
