using Microsoft.EntityFrameworkCore;

namespace Ordering.Api.Buyers;

internal static class StoreUser
{
    /// <summary>
    /// Stores the state of a user. A checkout of the user may have added the buyer before. Nothing of a user who deleted the account is
    /// stored again: a message may come late, or be replayed.
    /// </summary>
    public static Task StoreUserAsync(
        this OrderingContext db, Guid id, string name, string email, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
             insert into buyers (id, name, email, is_registered)
             select {id}, {name}, {email}, true where not exists (select from forgotten_buyers where id = {id})
             on conflict (id) do update set name = excluded.name, email = excluded.email, is_registered = true
             """,
            cancellationToken);
}
