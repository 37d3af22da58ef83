namespace Catalog.Api.Stock;

public sealed partial class KeepPaidStock
{
    [LoggerMessage(LogLevel.Warning, "Order {OrderId} is paid, but no stock was ever held for it")]
    private partial void LogPaidWithoutHold(Guid orderId);

    [LoggerMessage(LogLevel.Error, "Order {OrderId} was paid after its hold had expired and its stock was sold: restock or cancel it")]
    private partial void LogPaidAfterExpiry(Guid orderId);
}
