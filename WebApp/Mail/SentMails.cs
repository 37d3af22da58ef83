using Microsoft.EntityFrameworkCore;
using WebApp.Identity;

namespace WebApp.Mail;

/// <summary>
/// Remembers which mails the server has, in a transaction of its own. The inbox of the bus is not enough: it is written after the call to
/// the server, and a crash in between would send the mail again.
/// </summary>
public sealed class SentMails(IdentityContext db, TimeProvider clock)
{
    // Longer than the inbox remembers a message (14 days): a dead letter may be replayed as late.
    private static readonly TimeSpan Retention = TimeSpan.FromDays(30);

    public Task<SentMail?> FindAsync(Guid messageId, CancellationToken cancellationToken) =>
        db.Set<SentMail>().AsNoTracking().SingleOrDefaultAsync(mail => mail.MessageId == messageId, cancellationToken);

    /// <summary>Commits at once.</summary>
    /// <param name="refusedWith">The server's reply; null if it accepted the mail.</param>
    public Task RecordAsync(Guid messageId, Guid about, int? refusedWith, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
            insert into sent_mails (message_id, about, refused_with, at) values ({messageId}, {about}, {refusedWith}, {clock.GetUtcNow()})
            on conflict do nothing
            """,
            cancellationToken);

    /// <summary>Deletes rows that are older than any message that may be delivered again.</summary>
    public Task<int> DeleteOldAsync(CancellationToken cancellationToken)
    {
        var oldest = clock.GetUtcNow() - Retention;
        return db.Set<SentMail>().Where(mail => mail.At < oldest).ExecuteDeleteAsync(cancellationToken);
    }
}
