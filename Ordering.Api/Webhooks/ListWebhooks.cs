using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Ordering.Api.Webhooks;

internal static class ListWebhooks
{
    public static async Task<Ok<List<WebhookView>>> HandleAsync(OrderingContext db, CancellationToken cancellationToken)
    {
        var subscribers = await db.WebhookSubscribers.AsNoTracking()
            .OrderBy(subscriber => subscriber.CreatedAt)
            .ToListAsync(cancellationToken);

        return TypedResults.Ok(subscribers.ConvertAll(WebhookView.Of));
    }
}
