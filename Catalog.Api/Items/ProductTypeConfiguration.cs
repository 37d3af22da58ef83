using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Catalog.Api.Items;

internal sealed class ProductTypeConfiguration : IEntityTypeConfiguration<ProductType>
{
    public void Configure(EntityTypeBuilder<ProductType> type)
    {
        type.ToTable("product_types");
        type.Property(t => t.Id).ValueGeneratedNever();
        type.Property(t => t.Name).HasMaxLength(ItemRules.NameLength).UseCollation(ProductConfiguration.NameOrder);
        type.HasIndex(t => t.Name).IsUnique();
    }
}
