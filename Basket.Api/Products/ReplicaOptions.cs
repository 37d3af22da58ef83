namespace Basket.Api.Products;

/// <summary>Section <c>Products</c>.</summary>
public sealed class ReplicaOptions
{
    public const string SectionName = "Products";

    /// <summary>
    /// How often the complete replica is compared with Catalog's change feed. Events bring changes at once; this finds those whose events
    /// were lost, for example with a deleted queue. Default: 10 seconds.
    /// </summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(10);
}
