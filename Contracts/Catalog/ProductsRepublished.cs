namespace Contracts.Catalog;

/// <summary>All <see cref="ProductChanged"/> that <see cref="RepublishProducts"/> asked for have been told.</summary>
public sealed record ProductsRepublished(string RequestedBy, int Count);
