using Microsoft.Extensions.Logging;
using ServiceDefaults.Security;

namespace ServiceDefaults.Messaging.DeadLetters;

/// <summary>Writes to the audit log who read, replayed or discarded dead letters: their bodies may hold personal data.</summary>
internal sealed partial class DeadLetterAudit(ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateAuditLog();

    public void Listed(Guid userId, int count) => LogListed(userId, count);

    public void Peeked(Guid userId, string letter) => LogPeeked(userId, letter);

    public void Replayed(Guid userId, DeadLetterReport report, bool isEdited = false)
    {
        foreach (var letter in report.Messages)
        {
            if (isEdited)
            {
                LogEdited(userId, letter);
            }

            LogReplayed(userId, letter);
        }
    }

    public void Discarded(Guid userId, DeadLetterReport report)
    {
        foreach (var letter in report.Messages)
        {
            LogDiscarded(userId, letter);
        }
    }
}
