namespace Basket.Api.Products;

/// <param name="Id">Another one after the data of Redis was lost.</param>
/// <param name="Position">Where to read the feed on; null at the beginning.</param>
public sealed record ReplicaState(string Id, string? Position);
