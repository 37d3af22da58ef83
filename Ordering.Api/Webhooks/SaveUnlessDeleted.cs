using Microsoft.EntityFrameworkCore;

namespace Ordering.Api.Webhooks;

internal static class SaveUnlessDeleted
{
    /// <returns>False: a row was deleted after it was read, and nothing is saved.</returns>
    public static async Task<bool> SaveUnlessDeletedAsync(this OrderingContext db, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }
}
