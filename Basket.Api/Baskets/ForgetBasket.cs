using Contracts.Identity;
using EventBus;

namespace Basket.Api.Baskets;

/// <summary>Deletes the basket of a user who deleted their account.</summary>
public sealed class ForgetBasket(RedisUnitOfWork step) : IMessageHandler<UserDeleted>
{
    public Task HandleAsync(UserDeleted message, MessageContext context, CancellationToken cancellationToken)
    {
        BasketStore.Remove(step.Transaction, message.UserId);
        return Task.CompletedTask;
    }
}
