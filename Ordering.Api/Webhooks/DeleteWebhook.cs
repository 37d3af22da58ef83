using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Ordering.Api.Webhooks;

internal static class DeleteWebhook
{
    public static async Task<Results<NoContent, NotFound>> HandleAsync(
        Guid id, ClaimsPrincipal user, OrderingContext db, WebhookAudit audit, CancellationToken cancellationToken)
    {
        if (await db.WebhookSubscribers.SingleOrDefaultAsync(s => s.Id == id, cancellationToken) is not { } subscriber)
        {
            return TypedResults.NotFound();
        }

        db.WebhookSubscribers.Remove(subscriber);
        db.Send(WebhookActions.Deleted(user.GetUserId(), subscriber));
        if (!await db.SaveUnlessDeletedAsync(cancellationToken))
        {
            return TypedResults.NotFound();
        }

        audit.Deleted(user.GetUserId(), id);
        return TypedResults.NoContent();
    }
}
