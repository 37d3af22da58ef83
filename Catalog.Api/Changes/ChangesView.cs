namespace Catalog.Api.Changes;

/// <summary>Products in the order of their last change.</summary>
/// <param name="Next">The value of <c>after</c> for the next request.</param>
/// <param name="HasMore">Whether more changes can be read at once.</param>
public sealed record ChangesView(IReadOnlyList<ProductState> Changes, string Next, bool HasMore);
