using Contracts.Identity;
using EventBus;
using Microsoft.EntityFrameworkCore;

namespace Ordering.Api.Buyers;

/// <summary>Moves a guest's orders to the user who the guest signed in as, and keeps the adoption for orders that arrive later.</summary>
internal sealed class AdoptGuestOrders(OrderingContext db) : IMessageHandler<GuestAdopted>
{
    public async Task HandleAsync(GuestAdopted message, MessageContext context, CancellationToken cancellationToken)
    {
        // The user too: the account may be deleted at the same time.
        await db.LockGuestAsync(message.GuestId, cancellationToken);
        await db.LockGuestAsync(message.UserId, cancellationToken);

        if (await db.Buyers.AnyAsync(buyer => buyer.Id == message.GuestId && buyer.IsRegistered, cancellationToken))
        {
            throw new InvalidOperationException($"{message.GuestId} is an account and no guest. Its orders stay with it.");
        }

        if (await db.GuestAdoptions.AnyAsync(adoption => adoption.GuestId == message.GuestId, cancellationToken))
        {
            return; // The first user keeps the orders.
        }

        db.GuestAdoptions.Add(new GuestAdoption(message.GuestId, message.UserId));
        await db.Orders.Where(order => order.BuyerId == message.GuestId)
            .ExecuteUpdateAsync(order => order.SetProperty(o => o.BuyerId, message.UserId), cancellationToken);
        await db.Buyers.Where(buyer => buyer.Id == message.GuestId).ExecuteDeleteAsync(cancellationToken);
        await db.ForgetOrdersAsync(message.UserId, cancellationToken);
    }
}
