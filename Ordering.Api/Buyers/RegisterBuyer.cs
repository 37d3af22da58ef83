using Contracts.Identity;
using EventBus;
using Microsoft.EntityFrameworkCore;

namespace Ordering.Api.Buyers;

/// <summary>Keeps the replica, and hands a new account the orders that its owner placed as a guest.</summary>
internal sealed class RegisterBuyer(OrderingContext db) : IMessageHandler<UserRegistered>
{
    public async Task HandleAsync(UserRegistered user, MessageContext context, CancellationToken cancellationToken)
    {
        var buyer = await db.Buyers.SingleOrDefaultAsync(b => b.Id == user.UserId, cancellationToken);
        if (buyer is null)
        {
            buyer = new Buyer { Id = user.UserId, Name = user.Name, Email = user.Email };
            db.Buyers.Add(buyer);
        }

        (buyer.Name, buyer.Email, buyer.GuestId) = (user.Name, user.Email, user.GuestId);

        if (user.GuestId is { } guestId)
        {
            await db.LockGuestAsync(guestId, cancellationToken);
            await db.Orders.Where(order => order.BuyerId == guestId)
                .ExecuteUpdateAsync(order => order.SetProperty(o => o.BuyerId, user.UserId), cancellationToken);
        }
    }
}
