namespace Ordering.Api.Orders;

internal sealed partial class OrderAudit
{
    [LoggerMessage(
        EventName = "OrderShipped", Level = LogLevel.Information, Message = "User {UserId} marked order {OrderId} as shipped")]
    private partial void LogShipped(Guid userId, Guid orderId);

    [LoggerMessage(
        EventName = "OrderCancelled", Level = LogLevel.Information,
        Message = "User {UserId} cancelled order {OrderId} of another person and refunds its payment, if there was one")]
    private partial void LogCancelled(Guid userId, Guid orderId);

    [LoggerMessage(
        EventName = "OrderRefunded", Level = LogLevel.Information,
        Message = "User {UserId} refunded order {OrderId}, in part or as a whole, by refund {RefundId}")]
    private partial void LogRefunded(Guid userId, Guid orderId, Guid refundId);
}
