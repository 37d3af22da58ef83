using ServiceDefaults.Api;

namespace WebApp.Identity.Attempts;

/// <summary>
/// Limits guesses at passwords and codes. Each client has its own counters, so that one person cannot lock out another. A client is a
/// browser that knows the account, or else a network.
/// </summary>
public sealed class GuessLimits(AttemptCounters counters, KnownDevice device, IHttpContextAccessor accessor)
{
    private static readonly AttemptLimit PerClientAndAccount = new("client-account", AtOnce: 10, Pause: TimeSpan.FromMinutes(3));

    // One client that tries one password for many accounts. Many people may share a network, so only failures count in the end.
    private static readonly AttemptLimit PerClient = new("client", AtOnce: 50, Pause: TimeSpan.FromSeconds(6));

    // Many clients that try many passwords for one account. Unknown clients may have to wait then; browsers that know the account do not.
    private static readonly AttemptLimit PerAccount = new("account", AtOnce: 100, Pause: TimeSpan.FromSeconds(10));

    // There are only a million codes, so these limits are stricter. A client that tries codes has already given the right password.
    private static readonly AttemptLimit CodesPerClient = new("code-client", AtOnce: 5, Pause: TimeSpan.FromMinutes(15));
    private static readonly AttemptLimit CodesPerAccount = new("code-account", AtOnce: 20, Pause: TimeSpan.FromMinutes(15));

    private static readonly AttemptLimit PerDevice = new("device", AtOnce: 10, Pause: TimeSpan.FromMinutes(1));

    private string Client => ClientNetwork.Of(accessor.HttpContext!);

    /// <summary>Counts a guess before it is checked. Unknown addresses count as known ones do.</summary>
    /// <param name="address">The normalized e-mail address.</param>
    /// <param name="user">The account with this address; null when there is none.</param>
    public Task<Guess> CountAsync(string address, Guid? user, CancellationToken cancellationToken) => ReserveAsync(
        user is { } id && device.IdFor(id) is { } known
            ? [PerDevice.For(known, $"{id}")]
            : [PerClientAndAccount.For(Client, address), PerClient.For(Client), PerAccount.For(address)],
        cancellationToken);

    /// <summary>Counts a code of the second factor before it is checked.</summary>
    public Task<Guess> CountCodeAsync(Guid user, CancellationToken cancellationToken) => ReserveAsync(
        device.IdFor(user) is { } known
            ? [CodesPerClient.For(known, $"{user}")]
            : [CodesPerClient.For(Client, $"{user}"), CodesPerAccount.For($"{user}")],
        cancellationToken);

    /// <summary>The guess was right: it does not count.</summary>
    public Task ForgetAsync(Guess guess, CancellationToken cancellationToken) => counters.GiveBackAsync(guess.Counted, cancellationToken);

    private async Task<Guess> ReserveAsync(CountedAttempt[] attempts, CancellationToken cancellationToken) =>
        new(attempts, await counters.ReserveAsync(attempts, cancellationToken));
}
