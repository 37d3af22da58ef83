using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ordering.Api.Buyers;

internal sealed class ForgottenBuyerConfiguration : IEntityTypeConfiguration<ForgottenBuyer>
{
    public void Configure(EntityTypeBuilder<ForgottenBuyer> buyer)
    {
        buyer.ToTable("forgotten_buyers");
        buyer.Property(b => b.Id).ValueGeneratedNever();
    }
}
