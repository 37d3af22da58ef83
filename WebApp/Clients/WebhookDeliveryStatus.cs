namespace WebApp.Clients;

public enum WebhookDeliveryStatus
{
    Pending,
    Delivered,
    Failed,
}
