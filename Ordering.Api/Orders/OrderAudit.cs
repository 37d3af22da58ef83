using ServiceDefaults.Security;

namespace Ordering.Api.Orders;

/// <summary>Writes to the audit log what administrators did to orders.</summary>
internal sealed partial class OrderAudit(ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateAuditLog();

    public void Shipped(Guid userId, Guid orderId) => LogShipped(userId, orderId);

    /// <summary>An order of another person. Its payment, if there was one, is refunded.</summary>
    public void Cancelled(Guid userId, Guid orderId) => LogCancelled(userId, orderId);

    public void Refunded(Guid userId, Guid orderId, Guid refundId) => LogRefunded(userId, orderId, refundId);
}
