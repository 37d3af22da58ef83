using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Ordering.Api.Webhooks;

internal static class DeleteWebhook
{
    public static async Task<Results<NoContent, NotFound>> HandleAsync(
        Guid id, ClaimsPrincipal user, OrderingContext db, WebhookAudit audit, CancellationToken cancellationToken)
    {
        if (await db.WebhookSubscribers.Where(subscriber => subscriber.Id == id).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return TypedResults.NotFound();
        }

        audit.Deleted(user.GetUserId(), id);
        return TypedResults.NoContent();
    }
}
