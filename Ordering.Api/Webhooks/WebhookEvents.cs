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
        .Subscribe<OrderPlaced, QueueDeliveries<OrderPlaced>>(inBatches: true)
        .Subscribe<OrderStockReserved, QueueDeliveries<OrderStockReserved>>(inBatches: true)
        .Subscribe<OrderPaid, QueueDeliveries<OrderPaid>>(inBatches: true)
        .Subscribe<OrderShipped, QueueDeliveries<OrderShipped>>(inBatches: true)
        .Subscribe<OrderCancelled, QueueDeliveries<OrderCancelled>>(inBatches: true)
        .Subscribe<OrderRefunded, QueueDeliveries<OrderRefunded>>(inBatches: true);
}
