using ServiceDefaults.Security;

namespace Ordering.Api.Webhooks;

/// <summary>
/// Writes to the audit log who changed where order events are sent. The addresses are left out: their paths may hold secrets.
/// </summary>
public sealed partial class WebhookAudit(ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateAuditLog();

    public void Created(Guid userId, Guid webhook) => LogCreated(userId, webhook);

    public void Changed(Guid userId, Guid webhook) => LogChanged(userId, webhook);

    public void Deleted(Guid userId, Guid webhook) => LogDeleted(userId, webhook);

    public void Resent(Guid userId, Guid webhook, Guid delivery) => LogResent(userId, webhook, delivery);
}
