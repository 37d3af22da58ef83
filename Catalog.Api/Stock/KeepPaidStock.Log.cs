namespace Catalog.Api.Stock;

public sealed partial class KeepPaidStock
{
    [LoggerMessage(LogLevel.Warning, "Order {OrderId} is paid, but no stock is held for it")]
    private partial void LogPaidWithoutHold(Guid orderId);

    [LoggerMessage(
        LogLevel.Error,
        "Order {OrderId} was paid after its hold expired and its stock was sold. Restock the products or cancel the order.")]
    private partial void LogPaidAfterExpiry(Guid orderId);
}
