using Contracts.Identity;
using Contracts.Ordering;
using EventBus;
using Microsoft.EntityFrameworkCore;

namespace Ordering.Api.Buyers;

/// <summary>
/// Forgets a user who deleted the account. An order that is not finished still needs the e-mail address; it is forgotten when it is
/// shipped or cancelled.
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
        await db.ForgetOrdersAsync(user.UserId, cancellationToken);
    }

    public Task HandleAsync(OrderShipped order, MessageContext context, CancellationToken cancellationToken) =>
        db.ForgetOrdersAsync(order.BuyerId, cancellationToken);

    public Task HandleAsync(OrderCancelled order, MessageContext context, CancellationToken cancellationToken) =>
        db.ForgetOrdersAsync(order.BuyerId, cancellationToken);
}
