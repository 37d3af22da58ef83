using Microsoft.EntityFrameworkCore;
using ServiceDefaults.Api;

namespace WebApp.Identity.Sessions;

/// <summary>The sessions of all users. They are in the database, so one that ended is over at every replica at once.</summary>
public sealed class SessionStore(IdentityContext db, TimeProvider clock)
{
    /// <summary>How often the time of a session's last request is written.</summary>
    public static readonly TimeSpan Precision = TimeSpan.FromMinutes(5);

    private DbSet<Session> All => db.Set<Session>();

    public async Task<Session> StartAsync(ShopUser user, bool isRemembered, HttpContext context, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var session = new Session
        {
            Id = Guid.NewGuid(),
            UserId = user.Id,
            Stamp = user.SecurityStamp!,
            IsRemembered = isRemembered,
            StartedAt = now,
            SeenAt = now,
            ExpiresAt = SessionLifetime.EndOf(isRemembered, now, now),
            Browser = BrowserName.Of(context.Request.Headers.UserAgent.ToString()),
            Network = Shorten(ClientNetwork.Of(context)),
        };
        db.Add(session);
        await db.SaveChangesAsync(cancellationToken);
        return session;
    }

    /// <summary>Notes that the session is used.</summary>
    /// <returns>
    /// Whether the visitor proved a second factor; null when the session is over. Turning the second factor on or off ends all sessions but
    /// the one that did it, so what is true of the account is true of its sessions.
    /// </returns>
    public async Task<bool?> UseAsync(Guid user, Guid id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var found = await Alive(user).Where(session => session.Id == id)
            .Join(db.Users, session => session.UserId, owner => owner.Id, (session, owner) => new { session, owner.TwoFactorEnabled })
            .SingleOrDefaultAsync(cancellationToken);

        if (found?.session is { } session && now - session.SeenAt >= Precision)
        {
            var end = SessionLifetime.EndOf(session.IsRemembered, session.StartedAt, now);
            await All.Where(session => session.Id == id).ExecuteUpdateAsync(
                set => set.SetProperty(session => session.SeenAt, now).SetProperty(session => session.ExpiresAt, end), cancellationToken);
        }

        return found?.TwoFactorEnabled;
    }

    /// <summary>The sessions of a user, the last used one first.</summary>
    public Task<List<Session>> ListAsync(Guid user, CancellationToken cancellationToken) =>
        Alive(user).OrderByDescending(session => session.SeenAt).ThenByDescending(session => session.StartedAt)
            .ToListAsync(cancellationToken);

    /// <returns>Whether the user had this session.</returns>
    public async Task<bool> EndAsync(Guid user, Guid id, CancellationToken cancellationToken) =>
        await All.Where(session => session.UserId == user && session.Id == id).ExecuteDeleteAsync(cancellationToken) > 0;

    public Task<int> EndOthersAsync(Guid user, Guid kept, CancellationToken cancellationToken) =>
        All.Where(session => session.UserId == user && session.Id != kept).ExecuteDeleteAsync(cancellationToken);

    /// <summary>Lets a session go on although the user's security stamp has just changed, which has ended all others.</summary>
    public Task<int> KeepAsync(Guid session, ShopUser user, CancellationToken cancellationToken) =>
        All.Where(kept => kept.UserId == user.Id && kept.Id == session).ExecuteUpdateAsync(
            set => set.SetProperty(kept => kept.Stamp, user.SecurityStamp), cancellationToken);

    /// <summary>Deletes the sessions that are over.</summary>
    public Task<int> DeleteEndedAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return All.Where(session => session.ExpiresAt <= now
            || !db.Users.Any(owner => owner.Id == session.UserId && owner.SecurityStamp == session.Stamp))
            .ExecuteDeleteAsync(cancellationToken);
    }

    private IQueryable<Session> Alive(Guid user)
    {
        var now = clock.GetUtcNow();
        return All.AsNoTracking().Where(session => session.UserId == user && session.ExpiresAt > now
            && db.Users.Any(owner => owner.Id == session.UserId && owner.SecurityStamp == session.Stamp));
    }

    private static string Shorten(string network) => network.LastIndexOf('.') is > 0 and var end ? $"{network[..end]}.x" : network;
}
