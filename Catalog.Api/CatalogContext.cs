using Catalog.Api.Items;
using Catalog.Api.Pictures;
using Catalog.Api.Sales;
using Catalog.Api.Stock;
using EventBus;
using Microsoft.EntityFrameworkCore;

namespace Catalog.Api;

public sealed class CatalogContext(DbContextOptions<CatalogContext> options) : DbContext(options)
{
    public DbSet<Product> Products => Set<Product>();
    public DbSet<ProductType> ProductTypes => Set<ProductType>();
    public DbSet<Brand> Brands => Set<Brand>();
    public DbSet<Hold> Holds => Set<Hold>();
    public DbSet<StoredPicture> Pictures => Set<StoredPicture>();
    public DbSet<ProductSales> Sales => Set<ProductSales>();

    /// <summary>True while a transaction that changed products is open.</summary>
    internal bool ChangesProducts { get; set; }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasSequence(ProductIds.Sequence).HasMax(ProductIds.Highest);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(CatalogContext).Assembly);
        modelBuilder.AddEventBus();
    }
}
