using System.Diagnostics;
using Catalog.Api.Items;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ServiceDefaults.Migrations;
using ServiceDefaults.Text;

namespace Catalog.Api.Seed;

/// <summary>Fills an empty catalog once. A catalog that has any product, discontinued ones included, is not changed.</summary>
public sealed partial class SeedCatalog(
    CatalogContext db, IOptions<CatalogOptions> options, TimeProvider clock, ILogger<SeedCatalog> logger) : ISeed
{
    private const int DefaultStock = 100;

    private static readonly ActivitySource Source = new("Catalog.Api");

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (await db.Products.AnyAsync(cancellationToken))
        {
            return;
        }

        using var activity = Source.StartActivity("seed catalog");
        var started = Stopwatch.GetTimestamp();
        var path = options.Value.SeedFile ?? Path.Combine(AppContext.BaseDirectory, "Seed", "products.json");
        var products = await SeedFile.ReadAsync(path, cancellationToken);
        LogSeeding(products.Count, path);

        await db.Database.CreateExecutionStrategy().ExecuteAsync(cancellation => AddAsync(products, cancellation), cancellationToken);
        LogSeeded(products.Count, (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    private async Task AddAsync(IReadOnlyList<SeedProduct> products, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var types = await AddTypesAsync(products, cancellationToken);
        var brands = await AddBrandsAsync(products, cancellationToken);
        var now = clock.GetUtcNow();
        foreach (var seed in products)
        {
            var (type, brand) = (types[seed.Type.ToNfc()], brands[seed.Brand.ToNfc()]);
            var product = new Product
            {
                Id = seed.Id,
                Name = seed.Name.ToNfc().Trim(),
                Description = seed.Description?.ToNfc().Trim() ?? "",
                Price = seed.Price,
                TypeId = type.Id,
                BrandId = brand.Id,
                Keywords = Product.KeywordsOf(type, brand),
                PictureFileName = $"{seed.Id}.webp",
                IsFeatured = seed.Featured,
                OnHand = seed.Stock ?? DefaultStock,
                CreatedAt = now,
            };
            db.Products.Add(product);
            db.Publish(product.Announce(type, brand));
        }

        await db.SaveChangesAsync(cancellationToken);
        await ProductIds.RaiseToAsync(db, products.Max(product => product.Id), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    // Numbered in the order of their first use in the file: clients of the v2 contract use these numbers.
    private async Task<Dictionary<string, ProductType>> AddTypesAsync(
        IReadOnlyList<SeedProduct> products, CancellationToken cancellationToken)
    {
        var types = products.Select(product => product.Type.ToNfc()).Distinct()
            .Select((name, index) => new ProductType { Id = index + 1, Name = name }).ToList();
        db.ProductTypes.AddRange(types);
        await db.SaveChangesAsync(cancellationToken);
        return types.ToDictionary(type => type.Name);
    }

    private async Task<Dictionary<string, Brand>> AddBrandsAsync(IReadOnlyList<SeedProduct> products, CancellationToken cancellationToken)
    {
        var brands = products.Select(product => product.Brand.ToNfc()).Distinct()
            .Select((name, index) => new Brand { Id = index + 1, Name = name }).ToList();
        db.Brands.AddRange(brands);
        await db.SaveChangesAsync(cancellationToken);
        return brands.ToDictionary(brand => brand.Name);
    }
}
