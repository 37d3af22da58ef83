namespace Ordering.Api.Webhooks;

public sealed record WebhookView(Guid Id, Uri Url, IReadOnlyList<string> EventTypes, bool Active, DateTimeOffset CreatedAt);

internal static class WebhookViews
{
    public static WebhookView ToView(this WebhookSubscriber subscriber) =>
        new(subscriber.Id, subscriber.Url, subscriber.EventTypes, subscriber.Active, subscriber.CreatedAt);
}
