using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Catalog.Api.Stock;

internal sealed class HoldConfiguration : IEntityTypeConfiguration<Hold>
{
    public void Configure(EntityTypeBuilder<Hold> hold)
    {
        hold.ToTable("holds");
        hold.HasKey(h => h.OrderId);
        hold.Property(h => h.OrderId).ValueGeneratedNever();
        hold.Property(h => h.Status).HasConversion<string>().HasMaxLength(20);
        hold.Ignore(h => h.IsHeld);
        hold.HasIndex(h => h.ExpiresAt).HasFilter("status = 'Held'");
        hold.HasIndex(h => h.ExpiresAt, "ix_holds_closed").HasDatabaseName("ix_holds_closed").HasFilter("status not in ('Held', 'Paid')");
        hold.OwnsMany(h => h.Lines, line =>
        {
            line.ToTable("hold_lines");
            line.WithOwner().HasForeignKey("OrderId");
            line.HasKey("OrderId", nameof(HoldLine.ProductId));
            line.Property(l => l.ProductId).ValueGeneratedNever();
        });
    }
}
