using Catalog.Api.Items;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Catalog.Api.Sales;

internal sealed class ProductSalesConfiguration : IEntityTypeConfiguration<ProductSales>
{
    public void Configure(EntityTypeBuilder<ProductSales> sales)
    {
        sales.ToTable("product_sales");
        sales.HasKey(s => s.ProductId);
        sales.Property(s => s.ProductId).ValueGeneratedNever();
        sales.HasOne<Product>().WithOne().HasForeignKey<ProductSales>(s => s.ProductId).OnDelete(DeleteBehavior.Cascade);
        sales.HasIndex(s => s.Sold).IsDescending();
    }
}
