using Contracts.Basket;
using Microsoft.EntityFrameworkCore;

namespace Ordering.Api.Buyers;

internal static class OrderingContextBuyers
{
    /// <summary>Whose order this is: the account that the guest has opened meanwhile, else who checked out. Guests become known here.</summary>
    public static async Task<Guid> GetOrAddBuyerAsync(
        this OrderingContext db, BasketCheckedOut checkout, CancellationToken cancellationToken)
    {
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
