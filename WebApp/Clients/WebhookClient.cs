using WebApp.Identity;

namespace WebApp.Clients;

/// <summary>Manages the subscribers of order events in Ordering.Api, for administrators.</summary>
public sealed class WebhookClient(HttpClient http, HttpReply replies)
{
    public Task<Reply<WebhookList>> ListAsync(Visitor admin, int page, CancellationToken cancellationToken) =>
        GetAsync<WebhookList>($"api/webhooks?pageIndex={page - 1}&pageSize={WebhookList.PageSizeOfPages}", admin, cancellationToken);

    public Task<Reply<Webhook>> FindAsync(Visitor admin, Guid id, CancellationToken cancellationToken) =>
        GetAsync<Webhook>($"api/webhooks/{id}", admin, cancellationToken);

    public Task<Reply<AddedWebhook>> AddAsync(
        Visitor admin, string? url, IReadOnlyList<string> eventTypes, CancellationToken cancellationToken) =>
        replies.SendAsync<AddedWebhook>(http, HttpMethod.Post, "api/webhooks", admin, new { url, eventTypes }, cancellationToken);

    public Task<Reply<Webhook>> SwitchAsync(Visitor admin, Webhook webhook, bool active, CancellationToken cancellationToken) =>
        replies.SendAsync<Webhook>(
            http, HttpMethod.Put, $"api/webhooks/{webhook.Id}", admin, new { webhook.Url, webhook.EventTypes, active }, cancellationToken);

    public Task<Reply<Done>> DeleteAsync(Visitor admin, Guid id, CancellationToken cancellationToken) =>
        replies.SendAsync<Done>(http, HttpMethod.Delete, $"api/webhooks/{id}", admin, body: null, cancellationToken);

    public Task<Reply<WebhookDeliveryList>> ListDeliveriesAsync(Visitor admin, Guid id, int page, CancellationToken cancellationToken) =>
        GetAsync<WebhookDeliveryList>(
            $"api/webhooks/{id}/deliveries?pageIndex={page - 1}&pageSize={WebhookList.PageSizeOfPages}", admin, cancellationToken);

    public Task<Reply<Done>> ResendAsync(Visitor admin, Guid id, Guid delivery, CancellationToken cancellationToken) =>
        replies.SendAsync<Done>(
            http, HttpMethod.Post, $"api/webhooks/{id}/deliveries/{delivery}/resend", admin, body: null, cancellationToken);

    private Task<Reply<T>> GetAsync<T>(string uri, Visitor admin, CancellationToken cancellationToken) =>
        replies.SendAsync<T>(http, HttpMethod.Get, uri, admin, body: null, cancellationToken);
}
