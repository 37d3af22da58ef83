using Microsoft.EntityFrameworkCore;

namespace Ordering.Api.Buyers;

internal static class GuestLock
{
    /// <summary>
    /// Lets one transaction at a time decide who owns this guest's orders. Without it, an order and an adoption in two simultaneous
    /// transactions do not see each other, and the order stays with the guest.
    /// </summary>
    public static Task LockGuestAsync(this OrderingContext db, Guid guestId, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({guestId}::text, 0))", cancellationToken);
}
