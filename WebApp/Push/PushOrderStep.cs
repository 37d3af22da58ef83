using Contracts.Ordering;
using EventBus;
using WebApp.Clients;
using WebApp.Storefront.Elements;

namespace WebApp.Push;

public sealed class PushOrderStep(PageUpdates live)
    : IMessageHandler<OrderPlaced>, IMessageHandler<OrderStockReserved>, IMessageHandler<OrderPaid>, IMessageHandler<OrderShipped>,
        IMessageHandler<OrderCancelled>, IMessageHandler<OrderRefunded>
{
    private const string Refunded = "Refunded";

    public Task HandleAsync(OrderPlaced message, MessageContext context, CancellationToken cancellationToken) =>
        SendAsync(message.OrderId, nameof(OrderStatus.Submitted), "Your order has been received.", cancellationToken);

    public Task HandleAsync(OrderStockReserved message, MessageContext context, CancellationToken cancellationToken) =>
        SendAsync(message.OrderId, nameof(OrderStatus.StockReserved), "Everything is reserved for you.", cancellationToken);

    public Task HandleAsync(OrderPaid message, MessageContext context, CancellationToken cancellationToken) =>
        SendAsync(message.OrderId, nameof(OrderStatus.Paid), "Your payment went through.", cancellationToken);

    public Task HandleAsync(OrderShipped message, MessageContext context, CancellationToken cancellationToken) =>
        SendAsync(message.OrderId, nameof(OrderStatus.Shipped), "Your order is on its way.", cancellationToken);

    public Task HandleAsync(OrderCancelled message, MessageContext context, CancellationToken cancellationToken) =>
        SendAsync(message.OrderId, nameof(OrderStatus.Cancelled), TextOf(message), cancellationToken);

    /// <summary>No step: the page shows the refund beside the total.</summary>
    public Task HandleAsync(OrderRefunded message, MessageContext context, CancellationToken cancellationToken) => SendAsync(
        message.OrderId, Refunded, $"{PriceText.Format(message.Amount, message.Currency)} goes back to your card.", cancellationToken);

    private static string TextOf(OrderCancelled message) => message.ReasonCode is CancelReasons.CancelledByBuyer
        ? "You cancelled the order."
        : $"The order is cancelled. {message.Reason}";

    private Task SendAsync(Guid orderId, string change, string text, CancellationToken cancellationToken) =>
        live.SendAsync(PushHub.OrderGroup(orderId), PushMessages.Order, [orderId, change, text], cancellationToken);
}
