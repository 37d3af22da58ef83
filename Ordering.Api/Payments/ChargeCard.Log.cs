using Ordering.Api.Orders;

namespace Ordering.Api.Payments;

internal sealed partial class ChargeCard
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Order {OrderId} is {Status}; no payment is taken")]
    private partial void LogNotCharged(Guid orderId, OrderStatus status);

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "The payment provider is unavailable for order {OrderId} (attempt {Attempt}): {Reason}")]
    private partial void LogUnavailable(Guid orderId, int attempt, string reason);
}
