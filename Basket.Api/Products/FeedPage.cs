namespace Basket.Api.Products;

/// <param name="Next">The position behind the last change of this page.</param>
public sealed record FeedPage(IReadOnlyList<FeedProduct> Changes, string Next, bool HasMore);
