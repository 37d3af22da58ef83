using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ordering.Api.Payments;

internal sealed class PaymentMapping : IEntityTypeConfiguration<Payment>, IEntityTypeConfiguration<SimulatedCharge>
{
    public void Configure(EntityTypeBuilder<Payment> payment)
    {
        payment.ToTable("payments");
        payment.HasKey(p => p.OrderId);
        payment.Property(p => p.OrderId).ValueGeneratedNever();
        payment.Property(p => p.Amount).HasPrecision(18, 2);
        payment.Property(p => p.Currency).HasMaxLength(3);
        payment.Property(p => p.Status).HasConversion<string>().HasMaxLength(20);
    }

    public void Configure(EntityTypeBuilder<SimulatedCharge> charge)
    {
        charge.ToTable("simulated_charges");
        charge.HasKey(c => c.OrderId);
        charge.Property(c => c.OrderId).ValueGeneratedNever();
        charge.Property(c => c.Amount).HasPrecision(18, 2);
        charge.Property(c => c.Currency).HasMaxLength(3);
    }
}
