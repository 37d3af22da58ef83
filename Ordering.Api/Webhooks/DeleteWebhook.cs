using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Ordering.Api.Webhooks;

internal static class DeleteWebhook
{
    public static async Task<Results<NoContent, NotFound>> HandleAsync(Guid id, OrderingContext db, CancellationToken cancellationToken) =>
        await db.WebhookSubscribers.Where(subscriber => subscriber.Id == id).ExecuteDeleteAsync(cancellationToken) > 0
            ? TypedResults.NoContent()
            : TypedResults.NotFound();
}
