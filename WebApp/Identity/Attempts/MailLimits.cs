using ServiceDefaults.Api;

namespace WebApp.Identity.Attempts;

/// <summary>Limits the mails that people without an account can have sent: the shop must not be used to fill mailboxes.</summary>
public sealed class MailLimits(AttemptCounters counters, IHttpContextAccessor accessor)
{
    private static readonly AttemptLimit PerClient = new("mail-client", AtOnce: 30, Pause: TimeSpan.FromSeconds(30));
    private static readonly AttemptLimit PerAddress = new("mail-address", AtOnce: 3, Pause: TimeSpan.FromMinutes(10));

    /// <summary>Counts a request of this client that may send a mail.</summary>
    /// <returns>How long to wait; null when the request may go on.</returns>
    public Task<TimeSpan?> CountClientAsync(CancellationToken cancellationToken) =>
        counters.ReserveAsync([PerClient.For(ClientNetwork.Of(accessor.HttpContext!))], cancellationToken);

    /// <summary>Counts a mail to this address. It is not said when there are too many: the answer must not depend on the address.</summary>
    /// <param name="address">The normalized e-mail address.</param>
    public async Task<bool> MayMailAsync(string address, CancellationToken cancellationToken) =>
        await counters.ReserveAsync([PerAddress.For(address)], cancellationToken) is null;
}
