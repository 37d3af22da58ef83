using Microsoft.Extensions.Options;
using WebApp.Clients;
using WebApp.Identity;

namespace WebApp.BackOffice.Mailbox;

/// <summary>Reads the mails in MailSink.</summary>
public sealed class MailboxClient(HttpClient http, HttpReply replies, IOptions<MailboxOptions> options)
{
    public const int PageSize = 50;

    /// <summary>Whether there is a MailSink.</summary>
    public bool Exists => options.Value.Url is not null;

    public Task<Reply<SunkMails>> ListAsync(Visitor admin, int page, CancellationToken cancellationToken) =>
        replies.SendAsync<SunkMails>(
            http, HttpMethod.Get, $"api/mails?pageIndex={page - 1}&pageSize={PageSize}", admin, body: null, cancellationToken);

    public Task<Reply<SunkMail>> FindAsync(Visitor admin, Guid id, CancellationToken cancellationToken) =>
        replies.SendAsync<SunkMail>(http, HttpMethod.Get, $"api/mails/{id}", admin, body: null, cancellationToken);

    public Task<Reply<Done>> DeleteAllAsync(Visitor admin, CancellationToken cancellationToken) =>
        replies.SendAsync<Done>(http, HttpMethod.Delete, "api/mails", admin, body: null, cancellationToken);
}
