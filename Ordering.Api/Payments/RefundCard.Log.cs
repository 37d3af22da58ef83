namespace Ordering.Api.Payments;

internal sealed partial class RefundCard
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The payment provider refused refund {RefundId} of order {OrderId}: {Reason}")]
    private partial void LogRefused(Guid refundId, Guid orderId, string reason);
}
