namespace Ordering.Api.Webhooks;

public enum DeliveryStatus
{
    Pending,
    Delivered,
    Failed,
}
