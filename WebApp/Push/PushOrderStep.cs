using Contracts.Ordering;
using EventBus;
using WebApp.Clients;

namespace WebApp.Push;

public sealed class PushOrderStep(PageUpdates live)
    : IMessageHandler<OrderPlaced>, IMessageHandler<OrderStockReserved>, IMessageHandler<OrderPaid>, IMessageHandler<OrderShipped>,
        IMessageHandler<OrderCancelled>
{
    public Task HandleAsync(OrderPlaced message, MessageContext context, CancellationToken cancellationToken) =>
        SendAsync(message.OrderId, OrderStatus.Submitted, "Your order has been received.", cancellationToken);

    public Task HandleAsync(OrderStockReserved message, MessageContext context, CancellationToken cancellationToken) =>
        SendAsync(message.OrderId, OrderStatus.StockReserved, "Everything is reserved for you.", cancellationToken);

    public Task HandleAsync(OrderPaid message, MessageContext context, CancellationToken cancellationToken) =>
        SendAsync(message.OrderId, OrderStatus.Paid, "Your payment went through.", cancellationToken);

    public Task HandleAsync(OrderShipped message, MessageContext context, CancellationToken cancellationToken) =>
        SendAsync(message.OrderId, OrderStatus.Shipped, "Your order is on its way.", cancellationToken);

    public Task HandleAsync(OrderCancelled message, MessageContext context, CancellationToken cancellationToken) =>
        SendAsync(message.OrderId, OrderStatus.Cancelled, TextOf(message), cancellationToken);

    private static string TextOf(OrderCancelled message) => message.ReasonCode is CancelReasons.CancelledByBuyer
        ? "You cancelled the order."
        : $"The order is cancelled. {message.Reason}";

    private Task SendAsync(Guid orderId, OrderStatus status, string text, CancellationToken cancellationToken) =>
        live.SendAsync(PushHub.OrderGroup(orderId), PushMessages.Order, [orderId, status.ToString(), text], cancellationToken);
}
