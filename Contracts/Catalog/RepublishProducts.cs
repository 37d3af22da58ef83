namespace Contracts.Catalog;

/// <summary>Command: tell the full state of every product again, for a replica that starts empty. Ends with <see cref="ProductsRepublished"/>.</summary>
public sealed record RepublishProducts(string RequestedBy);
