using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NpgsqlTypes;

namespace Catalog.Api.Items;

internal sealed class ProductConfiguration : IEntityTypeConfiguration<Product>
{
    // The same order of names on every server, whatever its locale: "Émile" next to "Emil", not after "Zoe".
    public const string NameOrder = "und-x-icu";

    private const string Live = "discontinued_at is null";

    public void Configure(EntityTypeBuilder<Product> product)
    {
        product.ToTable("products", table =>
        {
            table.HasCheckConstraint("ck_products_price", "price >= 0");
            table.HasCheckConstraint("ck_products_stock", "reserved >= 0 and on_hand >= reserved");
        });
        product.Property(p => p.Id).ValueGeneratedNever();
        product.Property(p => p.Name).HasMaxLength(ItemRules.NameLength).UseCollation(NameOrder);
        product.Property(p => p.Description).HasMaxLength(ItemRules.DescriptionLength);
        product.Property(p => p.Keywords).HasMaxLength(250).UseCollation(NameOrder);
        product.Property(p => p.PictureFileName).HasMaxLength(ItemRules.PictureFileNameLength);
        product.Property(p => p.Price).HasPrecision(12, 2);
        product.Property(p => p.Currency).HasMaxLength(3).IsFixedLength();
        product.Ignore(p => p.AvailableStock);
        product.Property(p => p.Version).IsConcurrencyToken();
        product.Property(p => p.ChangedIn).HasColumnType("xid8").HasDefaultValueSql("pg_current_xact_id()").ValueGeneratedOnAddOrUpdate();
        product.HasOne<ProductType>().WithMany().HasForeignKey(p => p.TypeId).OnDelete(DeleteBehavior.Restrict);
        product.HasOne<Brand>().WithMany().HasForeignKey(p => p.BrandId).OnDelete(DeleteBehavior.Restrict);

        // A: words of the name. B: words of type and brand. D: all text again, by stem ("lighting" finds "lights").
        product.Property<NpgsqlTsVector>("Search").HasComputedColumnSql(
            """
            setweight(to_tsvector('simple', regexp_replace(name, '[^[:alnum:]]+', ' ', 'g')), 'A')
            || setweight(to_tsvector('simple', regexp_replace(keywords, '[^[:alnum:]]+', ' ', 'g')), 'B')
            || setweight(to_tsvector('english', name || ' ' || keywords || ' ' || description), 'D')
            """, stored: true).IsRequired();
        product.HasIndex("Search").HasMethod("gin");

        product.HasIndex(p => new { p.Name, p.Id }).HasFilter(Live);
        product.HasIndex(p => new { p.Price, p.Id }).HasFilter(Live);
        product.HasIndex(p => new { p.CreatedAt, p.Id }).HasFilter(Live);
        product.HasIndex(p => p.TypeId);
        product.HasIndex(p => p.BrandId);
        product.HasIndex(p => new { p.ChangedIn, p.Id });
    }
}
