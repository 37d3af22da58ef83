using Contracts.Audit;

namespace Ordering.Api.Orders;

/// <summary>What the back office's audit log keeps of administrators' work on orders.</summary>
internal static class OrderActions
{
    public static RecordAction Shipped(Guid userId, Order order) => About(order, userId, "order.shipped");

    public static RecordAction Cancelled(Guid userId, Order order) => About(order, userId, "order.cancelled");

    public static RecordAction Refunded(Guid userId, Order order, decimal amount) =>
        About(order, userId, "order.refunded", MoneyText.Format(amount, order.Currency));

    private static RecordAction About(Order order, Guid userId, string action, string? detail = null) =>
        new(userId, action, $"{order.Id}", OrderNumber.Format(order.Number), detail);
}
