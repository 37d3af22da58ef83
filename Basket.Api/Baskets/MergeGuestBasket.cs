using Contracts.Identity;
using EventBus;

namespace Basket.Api.Baskets;

/// <summary>
/// Moves a guest's basket to the user who the guest signed in as. WebApp also calls Merge at sign-in, so that the user sees the basket at
/// once; this handler makes sure of it when that call failed. The second of the two finds nothing to move.
/// </summary>
public sealed class MergeGuestBasket(RedisUnitOfWork step) : IMessageHandler<GuestAdopted>
{
    public Task HandleAsync(GuestAdopted message, MessageContext context, CancellationToken cancellationToken) =>
        MergeBasket.AddAsync(step.Database, step.Transaction, message.GuestId, message.UserId);
}
