using Contracts.Identity;
using EventBus;
using Microsoft.EntityFrameworkCore;

namespace Ordering.Api.Buyers;

/// <summary>Keeps the replica of users up to date. A checkout of the user may have added the buyer before.</summary>
internal sealed class RegisterBuyer(OrderingContext db) : IMessageHandler<UserRegistered>
{
    public Task HandleAsync(UserRegistered user, MessageContext context, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
             insert into buyers (id, name, email, is_registered) values ({user.UserId}, {user.Name}, {user.Email}, true)
             on conflict (id) do update set name = excluded.name, email = excluded.email, is_registered = true
             """,
            cancellationToken);
}
