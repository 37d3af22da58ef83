using Contracts.Audit;

namespace Ordering.Api.Webhooks;

/// <summary>
/// What the back office's audit log keeps of changes of webhooks. Of the address it has the host: the path may hold a secret.
/// </summary>
internal static class WebhookActions
{
    public static RecordAction Created(Guid userId, WebhookSubscriber subscriber) => About(subscriber, userId, "webhook.created");

    public static RecordAction Changed(Guid userId, WebhookSubscriber subscriber) => About(subscriber, userId, "webhook.changed");

    public static RecordAction Deleted(Guid userId, WebhookSubscriber subscriber) => About(subscriber, userId, "webhook.deleted");

    public static RecordAction Resent(Guid userId, WebhookSubscriber subscriber, WebhookDelivery delivery) =>
        About(subscriber, userId, "webhook.resent", $"delivery {delivery.Id}");

    private static RecordAction About(WebhookSubscriber subscriber, Guid userId, string action, string? detail = null) =>
        new(userId, action, $"{subscriber.Id}", subscriber.Url.Host, detail);
}
