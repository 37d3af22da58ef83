using Contracts.Basket;
using Microsoft.EntityFrameworkCore;

namespace Ordering.Api.Buyers;

internal static class OrderingContextBuyers
{
    /// <summary>
    /// Lets one transaction at a time decide whose this guest's orders are. Without it, an order and the account that the guest opens at the
    /// same moment would not see each other, neither being committed, and the order would stay with the guest for ever.
    /// </summary>
    public static Task LockGuestAsync(this OrderingContext db, Guid guestId, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({guestId}::text, 0))", cancellationToken);

    /// <summary>Whose order this is: the account that the guest has opened meanwhile, else who checked out. Guests become known here.</summary>
    public static async Task<Guid> GetOrAddBuyerAsync(
        this OrderingContext db, BasketCheckedOut checkout, CancellationToken cancellationToken)
    {
        await db.LockGuestAsync(checkout.BuyerId, cancellationToken);

        var known = await db.Buyers
            .Where(buyer => buyer.Id == checkout.BuyerId || buyer.GuestId == checkout.BuyerId)
            .OrderBy(buyer => buyer.Id == checkout.BuyerId)
            .Select(buyer => (Guid?)buyer.Id)
            .FirstOrDefaultAsync(cancellationToken);
        if (known is not null)
        {
            return known.Value;
        }

        // Two checkouts of a new guest may be handled at the same time.
        await db.Database.ExecuteSqlAsync(
            $"""
             insert into buyers (id, name, email) values ({checkout.BuyerId}, {checkout.BuyerName}, {checkout.BuyerEmail})
             on conflict (id) do nothing
             """,
            cancellationToken);
        return checkout.BuyerId;
    }
}
