using Contracts.Identity;
using EventBus;
using Microsoft.EntityFrameworkCore;

namespace Ordering.Api.Buyers;

/// <summary>Keeps the replica of users up to date after a change of name or address. The bus skips an outdated state.</summary>
internal sealed class UpdateBuyer(OrderingContext db) : IMessageHandler<UserChanged>
{
    public Task HandleAsync(UserChanged user, MessageContext context, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
             insert into buyers (id, name, email, is_registered) values ({user.UserId}, {user.Name}, {user.Email}, true)
             on conflict (id) do update set name = excluded.name, email = excluded.email, is_registered = true
             """,
            cancellationToken);
}
