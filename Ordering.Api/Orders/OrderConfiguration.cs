using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ordering.Api.Orders;

/// <summary>One row has a whole order: lines and timeline are always read and written with it.</summary>
internal sealed class OrderConfiguration : IEntityTypeConfiguration<Order>
{
    public void Configure(EntityTypeBuilder<Order> order)
    {
        order.ToTable("orders");
        order.Property(o => o.Id).ValueGeneratedNever();
        order.Property(o => o.AccessKey).HasMaxLength(64);
        order.Property(o => o.Carrier).HasMaxLength(ShipOrder.LongestCarrier);
        order.Property(o => o.TrackingNumber).HasMaxLength(ShipOrder.LongestTrackingNumber);
        order.Property(o => o.Status).HasConversion<string>().HasMaxLength(20);
        order.Property(o => o.Total).HasPrecision(18, 2);
        order.Property(o => o.Currency).HasMaxLength(3);
        order.Property(o => o.Version).IsConcurrencyToken();
        order.ComplexProperty(o => o.ShippingAddress);
        order.ComplexProperty(o => o.Card);
        order.OwnsMany(o => o.Lines, lines => lines.ToJson());
        order.OwnsMany(o => o.Timeline, steps =>
        {
            steps.ToJson();
            steps.Property(step => step.Status).HasConversion<string>();
        });
        order.OwnsMany(o => o.Refunds, refunds =>
        {
            refunds.ToJson();
            refunds.Property(refund => refund.Status).HasConversion<string>();
        });
        order.Ignore(o => o.MayBeCharged);
        order.Ignore(o => o.CancelReason);
        order.Ignore(o => o.WasPaid);
        order.Ignore(o => o.Refunded);
        order.Ignore(o => o.SentBack);
        order.Ignore(o => o.Refundable);

        order.HasIndex(o => o.Number).IsUnique();
        order.HasIndex(o => o.PlacedAt);
        order.HasIndex(o => new { o.BuyerId, o.PlacedAt });
        order.HasIndex(o => new { o.Status, o.PlacedAt });
    }
}
