using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ordering.Api.Buyers;

internal sealed class BuyerConfiguration : IEntityTypeConfiguration<Buyer>
{
    public void Configure(EntityTypeBuilder<Buyer> buyer)
    {
        buyer.ToTable("buyers");
        buyer.Property(b => b.Id).ValueGeneratedNever();
    }
}
