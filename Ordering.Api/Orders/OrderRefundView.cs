using System.ComponentModel;

namespace Ordering.Api.Orders;

public sealed record OrderRefundView(
    Guid Id,
    decimal Amount,
    [property: Description("A sentence for the buyer.")] string Reason,
    [property: Description("Requested, Refunded or Refused (by the payment provider).")] string Status,
    DateTimeOffset RequestedAt)
{
    public static OrderRefundView Of(OrderRefund refund) =>
        new(refund.RefundId, refund.Amount, refund.Reason, refund.Status.ToString(), refund.RequestedAt);
}
