using Contracts.Identity;
using Contracts.Ordering;
using EventBus;
using Microsoft.EntityFrameworkCore;

namespace Ordering.Api.Buyers;

/// <summary>
/// Forgets a user who deleted the account. Of a finished order stays what an invoice must have by law: number, lines, amounts, times, name
/// and address. E-mail address, card and the secret of the link are erased, and a random buyer takes the place of the user, so that nothing
/// connects the order with the account or with other orders. An order that is not finished still needs the e-mail address; it follows when
/// it is shipped or cancelled.
/// </summary>
internal sealed class ForgetBuyer(OrderingContext db)
    : IMessageHandler<UserDeleted>, IMessageHandler<OrderShipped>, IMessageHandler<OrderCancelled>
{
    public async Task HandleAsync(UserDeleted user, MessageContext context, CancellationToken cancellationToken)
    {
        await db.LockGuestAsync(user.UserId, cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"insert into forgotten_buyers (id) values ({user.UserId}) on conflict do nothing", cancellationToken);
        await db.Buyers.Where(buyer => buyer.Id == user.UserId).ExecuteDeleteAsync(cancellationToken);
        await ForgetAsync(user.UserId, cancellationToken);
    }

    public Task HandleAsync(OrderShipped order, MessageContext context, CancellationToken cancellationToken) =>
        ForgetAsync(order.BuyerId, cancellationToken);

    public Task HandleAsync(OrderCancelled order, MessageContext context, CancellationToken cancellationToken) =>
        ForgetAsync(order.BuyerId, cancellationToken);

    private Task<int> ForgetAsync(Guid buyer, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"""
         update orders
         set buyer_id = gen_random_uuid(), buyer_email = '', card_token = '', card_last4 = '', card_holder = '',
             access_key = replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')
         where buyer_id = {buyer} and status in ('Shipped', 'Cancelled')
             and exists (select from forgotten_buyers where id = {buyer})
         """,
        cancellationToken);
}
