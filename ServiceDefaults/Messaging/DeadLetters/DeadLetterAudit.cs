using Microsoft.Extensions.Logging;
using ServiceDefaults.Security;

namespace ServiceDefaults.Messaging.DeadLetters;

/// <summary>Writes to the audit log who read, replayed or discarded dead letters: their bodies may hold personal data.</summary>
internal sealed partial class DeadLetterAudit(ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateAuditLog();

    public void Listed(Guid userId, int count) => LogListed(userId, count);

    public void Peeked(Guid userId, string letter) => LogPeeked(userId, letter);

    public void Replayed(Guid userId, string letter) => LogReplayed(userId, letter);

    public void Edited(Guid userId, string letter) => LogEdited(userId, letter);

    public void Discarded(Guid userId, string letter) => LogDiscarded(userId, letter);
}
