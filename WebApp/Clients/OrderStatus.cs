namespace WebApp.Clients;

public enum OrderStatus
{
    Submitted,
    StockReserved,
    Paid,
    Shipped,
    Cancelled,
}
