namespace WebApp.Clients;

/// <param name="Secret">Signs the deliveries. Ordering.Api shows it only once.</param>
public sealed record AddedWebhook(Webhook Webhook, string Secret);
