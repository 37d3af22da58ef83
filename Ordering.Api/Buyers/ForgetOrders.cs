using Microsoft.EntityFrameworkCore;

namespace Ordering.Api.Buyers;

internal static class ForgetOrders
{
    /// <summary>
    /// Forgets the person behind the finished orders of a user who deleted the account; nothing changes for others. What an invoice must
    /// have by law stays: number, lines, amounts, times, name and address. E-mail address, card and the secret of the link are erased, and
    /// a random buyer takes the place of the user, so that nothing connects the order with the account or with other orders.
    /// </summary>
    public static Task ForgetOrdersAsync(this OrderingContext db, Guid buyer, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
             update orders
             set buyer_id = gen_random_uuid(), buyer_email = '', card_token = '', card_last4 = '', card_holder = '',
                 access_key = replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')
             where buyer_id = {buyer} and status in ('Shipped', 'Cancelled')
                 and exists (select from forgotten_buyers where id = {buyer})
             """,
            cancellationToken);
}
