using Contracts.Identity;
using EventBus;

namespace Ordering.Api.Buyers;

/// <summary>Keeps the replica of users up to date.</summary>
internal sealed class RegisterBuyer(OrderingContext db) : IMessageHandler<UserRegistered>
{
    public Task HandleAsync(UserRegistered user, MessageContext context, CancellationToken cancellationToken) =>
        db.StoreUserAsync(user.UserId, user.Name, user.Email, cancellationToken);
}
