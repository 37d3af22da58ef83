using Contracts.Identity;
using EventBus;

namespace Ordering.Api.Buyers;

/// <summary>Keeps the replica of users up to date after a change of name or address. The bus skips an outdated state.</summary>
internal sealed class UpdateBuyer(OrderingContext db) : IMessageHandler<UserChanged>
{
    public Task HandleAsync(UserChanged user, MessageContext context, CancellationToken cancellationToken) =>
        db.StoreUserAsync(user.UserId, user.Name, user.Email, cancellationToken);
}
