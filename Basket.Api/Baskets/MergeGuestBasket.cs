using Contracts.Identity;
using EventBus;

namespace Basket.Api.Baskets;

/// <summary>Gives a new account the basket that its owner filled as a guest.</summary>
public sealed class MergeGuestBasket(RedisUnitOfWork step) : IMessageHandler<UserRegistered>
{
    public async Task HandleAsync(UserRegistered message, MessageContext context, CancellationToken cancellationToken)
    {
        if (message.GuestId is { } guestId)
        {
            await MergeBasket.AddAsync(step.Database, step.Transaction, guestId, message.UserId);
        }
    }
}
