using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ordering.Api.Webhooks;

internal sealed class WebhookDeliveryConfiguration : IEntityTypeConfiguration<WebhookDelivery>
{
    public void Configure(EntityTypeBuilder<WebhookDelivery> delivery)
    {
        delivery.ToTable("webhook_deliveries");
        delivery.Property(d => d.Id).ValueGeneratedNever();
        delivery.Property(d => d.Status).HasConversion<string>().HasMaxLength(20);
        delivery.HasOne<WebhookSubscriber>().WithMany().HasForeignKey(d => d.SubscriberId).OnDelete(DeleteBehavior.Cascade);
        delivery.HasIndex(d => new { d.SubscriberId, d.CreatedAt });
        delivery.HasIndex(d => d.CreatedAt);
        delivery.HasIndex(d => d.NextAttemptAt).HasFilter("status = 'Pending'");
    }
}
