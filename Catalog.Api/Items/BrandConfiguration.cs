using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Catalog.Api.Items;

internal sealed class BrandConfiguration : IEntityTypeConfiguration<Brand>
{
    public void Configure(EntityTypeBuilder<Brand> brand)
    {
        brand.ToTable("brands");
        brand.Property(b => b.Id).ValueGeneratedNever();
        brand.Property(b => b.Name).HasMaxLength(ItemRules.NameLength).UseCollation(ProductConfiguration.NameOrder);
        brand.HasIndex(b => b.Name).IsUnique();
    }
}
