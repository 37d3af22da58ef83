using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Ordering.Api.Webhooks;

internal static class ListWebhooks
{
    public sealed record Page(int PageIndex, int PageSize, long Count, IReadOnlyList<WebhookView> Data);

    public static async Task<Ok<Page>> HandleAsync(
        [AsParameters] Paging paging, OrderingContext db, CancellationToken cancellationToken)
    {
        var count = await db.WebhookSubscribers.LongCountAsync(cancellationToken);
        var subscribers = await db.WebhookSubscribers.AsNoTracking()
            .OrderBy(subscriber => subscriber.CreatedAt).ThenBy(subscriber => subscriber.Id)
            .Skip(paging.PageIndex * paging.PageSize)
            .Take(paging.PageSize)
            .ToListAsync(cancellationToken);

        return TypedResults.Ok(new Page(paging.PageIndex, paging.PageSize, count, subscribers.ConvertAll(WebhookView.Of)));
    }
}
