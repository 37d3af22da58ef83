using Contracts.Basket;
using Microsoft.EntityFrameworkCore;

namespace Ordering.Api.Buyers;

internal static class FindBuyer
{
    /// <summary>
    /// The owner of the order: the user who the guest became, otherwise the buyer of the checkout. Adds a buyer that is new.
    /// </summary>
    public static async Task<Guid> FindOrAddBuyerAsync(
        this OrderingContext db, BasketCheckedOut checkout, CancellationToken cancellationToken)
    {
        await db.LockGuestAsync(checkout.BuyerId, cancellationToken);

        var adoption = await db.GuestAdoptions.SingleOrDefaultAsync(a => a.GuestId == checkout.BuyerId, cancellationToken);
        if (adoption is not null)
        {
            return adoption.UserId;
        }

        // RegisterBuyer may add the same buyer at the same time. An order may come after its buyer deleted the account.
        await db.Database.ExecuteSqlAsync(
            $"""
             insert into buyers (id, name, email, is_registered)
             select {checkout.BuyerId}, {checkout.BuyerName}, {checkout.BuyerEmail}, false
             where not exists (select from forgotten_buyers where id = {checkout.BuyerId})
             on conflict (id) do nothing
             """,
            cancellationToken);
        return checkout.BuyerId;
    }
}
