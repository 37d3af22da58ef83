using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ordering.Api.Payments;

internal sealed class PaymentConfiguration : IEntityTypeConfiguration<Payment>
{
    public void Configure(EntityTypeBuilder<Payment> payment)
    {
        payment.ToTable("payments");
        payment.HasKey(p => p.OrderId);
        payment.Property(p => p.OrderId).ValueGeneratedNever();
        payment.Property(p => p.Amount).HasPrecision(18, 2);
        payment.Property(p => p.Refunded).HasPrecision(18, 2);
        payment.Property(p => p.Currency).HasMaxLength(3);
        payment.Property(p => p.Status).HasConversion<string>().HasMaxLength(20);
    }
}
