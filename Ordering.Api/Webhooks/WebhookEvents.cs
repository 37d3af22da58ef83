using Contracts.Ordering;
using EventBus;

namespace Ordering.Api.Webhooks;

internal static class WebhookEvents
{
    /// <summary>The types of events that a subscriber can choose.</summary>
    public static readonly string[] Types =
    [
        "ordering.order-cancelled",
        "ordering.order-paid",
        "ordering.order-placed",
        "ordering.order-refunded",
        "ordering.order-shipped",
        "ordering.order-stock-reserved",
    ];

    /// <summary>Ordering subscribes to its own events, so that its orders and payments do not depend on webhooks.</summary>
    public static EventBusBuilder SubscribeWebhooks(this EventBusBuilder bus) => bus
        .Subscribe<OrderPlaced, QueueDeliveries<OrderPlaced>>()
        .Subscribe<OrderStockReserved, QueueDeliveries<OrderStockReserved>>()
        .Subscribe<OrderPaid, QueueDeliveries<OrderPaid>>()
        .Subscribe<OrderShipped, QueueDeliveries<OrderShipped>>()
        .Subscribe<OrderCancelled, QueueDeliveries<OrderCancelled>>()
        .Subscribe<OrderRefunded, QueueDeliveries<OrderRefunded>>();
}
