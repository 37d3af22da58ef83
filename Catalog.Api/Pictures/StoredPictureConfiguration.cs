using Catalog.Api.Items;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Catalog.Api.Pictures;

internal sealed class StoredPictureConfiguration : IEntityTypeConfiguration<StoredPicture>
{
    public void Configure(EntityTypeBuilder<StoredPicture> picture)
    {
        picture.ToTable("pictures");
        picture.HasKey(p => new { p.FileName, p.Width });
        picture.Property(p => p.FileName).HasMaxLength(ItemRules.PictureFileNameLength);
        picture.HasOne<Product>().WithMany().HasForeignKey(p => p.ProductId).OnDelete(DeleteBehavior.Cascade);
        picture.HasIndex(p => p.ProductId);
    }
}
