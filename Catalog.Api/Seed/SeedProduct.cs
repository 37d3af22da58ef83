namespace Catalog.Api.Seed;

/// <summary>One product in a seed file.</summary>
/// <param name="Stock">The number in the warehouse. Default: 100.</param>
/// <param name="Featured">Whether the front page shows it first. Default: no.</param>
public sealed record SeedProduct(int Id, string Type, string Brand, string Name, string? Description, decimal Price, int? Stock,
    bool Featured = false);
