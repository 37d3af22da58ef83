namespace WebApp.Clients;

public enum OrderStatus
{
    Submitted,
    StockReserved,
    Paid,
    Shipped,
    Cancelled,
}

public sealed record OrderList(int PageIndex, int PageSize, int Count, IReadOnlyList<OrderView> Data)
{
    public const int PageSizeOfPages = 20;
}

public sealed record OrderView(
    Guid Id, OrderStatus Status, decimal Total, string Currency, IReadOnlyList<OrderLineView> Lines, IReadOnlyList<OrderStep> Timeline)
{
    public DateTimeOffset PlacedAt => Timeline.Count > 0 ? Timeline[0].At : DateTimeOffset.MinValue;

    public bool CanBeCancelled => Status is not (OrderStatus.Shipped or OrderStatus.Cancelled);

    public bool IsSettled => !CanBeCancelled;
}

public sealed record OrderLineView(int ProductId, string ProductName, decimal UnitPrice, int Quantity);

public sealed record OrderStep(OrderStatus Status, DateTimeOffset At, string? Reason);
