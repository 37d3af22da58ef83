namespace Ordering.Api.Webhooks;

public sealed record WebhookView(Guid Id, Uri Url, IReadOnlyList<string> EventTypes, bool Active, DateTimeOffset CreatedAt)
{
    public static WebhookView Of(WebhookSubscriber subscriber) =>
        new(subscriber.Id, subscriber.Url, subscriber.EventTypes, subscriber.Active, subscriber.CreatedAt);
}
