namespace WebApp.Clients;

public sealed record WebhookDeliveryList(int PageIndex, int PageSize, int Count, IReadOnlyList<WebhookDelivery> Data);
