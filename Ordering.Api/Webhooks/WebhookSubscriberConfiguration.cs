using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ordering.Api.Webhooks;

internal sealed class WebhookSubscriberConfiguration : IEntityTypeConfiguration<WebhookSubscriber>
{
    public void Configure(EntityTypeBuilder<WebhookSubscriber> subscriber)
    {
        subscriber.ToTable("webhook_subscribers");
        subscriber.Property(s => s.Id).ValueGeneratedNever();
        subscriber.Property(s => s.Url).HasMaxLength(WebhookOptions.LongestUrl);
    }
}
