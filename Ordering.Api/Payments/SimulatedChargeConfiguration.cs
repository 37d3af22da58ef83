using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ordering.Api.Payments;

internal sealed class SimulatedChargeConfiguration : IEntityTypeConfiguration<SimulatedCharge>
{
    public void Configure(EntityTypeBuilder<SimulatedCharge> charge)
    {
        charge.ToTable("simulated_charges");
        charge.HasKey(c => c.OrderId);
        charge.Property(c => c.OrderId).ValueGeneratedNever();
        charge.Property(c => c.Amount).HasPrecision(18, 2);
        charge.Property(c => c.Refunded).HasPrecision(18, 2);
        charge.Property(c => c.Currency).HasMaxLength(3);
    }
}
