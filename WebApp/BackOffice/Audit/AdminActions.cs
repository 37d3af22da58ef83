using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OpenIddict.EntityFrameworkCore.Models;
using WebApp.Identity;

namespace WebApp.BackOffice.Audit;

/// <summary>Reads the audit log, and deletes what is older than <see cref="AuditOptions.RetentionDays"/>.</summary>
public sealed class AdminActions(IdentityContext db, TimeProvider clock, IOptions<AuditOptions> options)
{
    public const int PageSize = 50;

    private static readonly string[] Removals = ["product.discontinued", "webhook.deleted"];

    /// <param name="Count">Of all pages.</param>
    /// <param name="Actors">All users and programs of the log, whatever the filter.</param>
    /// <param name="Removed">The ids of products and webhooks in <paramref name="Actions"/> that are gone.</param>
    /// <param name="Names">Of actors and accounts, by id. Accounts and programs that are deleted have none.</param>
    public sealed record Page(
        int Count, IReadOnlyList<AdminAction> Actions, IReadOnlyList<Guid> Actors, IReadOnlySet<string> Removed,
        IReadOnlyDictionary<Guid, string> Names)
    {
        public string NameOf(Guid id) => Names.GetValueOrDefault(id) ?? $"{id}";
    }

    /// <param name="action">Only these; null for all.</param>
    /// <param name="actor">Only what this user or program did; null for all.</param>
    /// <param name="page">From 1.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<Page> ReadAsync(string? action, Guid? actor, int page, CancellationToken cancellationToken)
    {
        var found = db.Set<AdminAction>().AsNoTracking()
            .Where(row => (action == null || row.Action == action) && (actor == null || row.ActorId == actor));
        var rows = await found.OrderByDescending(row => row.At).ThenByDescending(row => row.Id)
            .Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(cancellationToken);
        var actors = await db.Set<AdminAction>().Where(row => row.ActorId != null).Select(row => row.ActorId!.Value).Distinct()
            .ToListAsync(cancellationToken);
        var subjects = rows.Select(row => row.SubjectId).Distinct().ToArray();
        var removed = await db.Set<AdminAction>().Where(row => Removals.Contains(row.Action) && subjects.Contains(row.SubjectId))
            .Select(row => row.SubjectId).Distinct().ToListAsync(cancellationToken);
        var accounts = rows.Select(row => row.AccountId).OfType<Guid>();
        return new Page(
            await found.CountAsync(cancellationToken), rows, actors, removed.ToHashSet(StringComparer.Ordinal),
            await NamesAsync([.. actors, .. accounts], cancellationToken));
    }

    public Task<int> DeleteOldAsync(CancellationToken cancellationToken)
    {
        var oldest = clock.GetUtcNow().AddDays(-options.Value.RetentionDays);
        return db.Set<AdminAction>().Where(row => row.At < oldest).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task<Dictionary<Guid, string>> NamesAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var users = await db.Users.Where(user => ids.Contains(user.Id)).Select(user => new { user.Id, Name = user.Email })
            .ToListAsync(cancellationToken);
        var programs = await db.Set<OpenIddictEntityFrameworkCoreApplication<Guid>>().Where(client => ids.Contains(client.Id))
            .Select(client => new { client.Id, Name = client.DisplayName }).ToListAsync(cancellationToken);
        return users.Concat(programs).Where(known => known.Name is not null).ToDictionary(known => known.Id, known => known.Name!);
    }
}
