using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ordering.Api.Payments;

internal sealed class SimulatedRefundConfiguration : IEntityTypeConfiguration<SimulatedRefund>
{
    public void Configure(EntityTypeBuilder<SimulatedRefund> refund)
    {
        refund.ToTable("simulated_refunds");
        refund.HasKey(r => r.RefundId);
        refund.Property(r => r.RefundId).ValueGeneratedNever();
        refund.Property(r => r.Amount).HasPrecision(18, 2);
        refund.Property(r => r.Currency).HasMaxLength(3);
    }
}
