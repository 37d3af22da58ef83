namespace Ordering.Api.Orders;

public enum OrderStatus
{
    Submitted,
    StockReserved,
    Paid,
    Shipped,
    Cancelled,
}
