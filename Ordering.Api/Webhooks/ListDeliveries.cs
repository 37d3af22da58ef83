using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Ordering.Api.Webhooks;

internal static class ListDeliveries
{
    public sealed record Delivery(
        Guid Id,
        Guid MessageId,
        string EventType,
        DeliveryStatus Status,
        int Attempts,
        int? LastStatusCode,
        string? Problem,
        DateTimeOffset CreatedAt,
        DateTimeOffset? NextAttemptAt,
        DateTimeOffset? DeliveredAt);

    public sealed record Page(int PageIndex, int PageSize, long Count, IReadOnlyList<Delivery> Data);

    public static async Task<Results<Ok<Page>, NotFound>> HandleAsync(
        Guid id, [AsParameters] Paging paging, OrderingContext db, CancellationToken cancellationToken)
    {
        if (!await db.WebhookSubscribers.AnyAsync(subscriber => subscriber.Id == id, cancellationToken))
        {
            return TypedResults.NotFound();
        }

        var deliveries = db.WebhookDeliveries.Where(delivery => delivery.SubscriberId == id);
        var count = await deliveries.LongCountAsync(cancellationToken);
        var page = await deliveries
            .OrderByDescending(delivery => delivery.CreatedAt).ThenBy(delivery => delivery.Id)
            .Skip(paging.PageIndex * paging.PageSize)
            .Take(paging.PageSize)
            .Select(d => new Delivery(
                d.Id,
                d.MessageId,
                d.EventType,
                d.Status,
                d.Attempts,
                d.LastStatusCode,
                d.Problem,
                d.CreatedAt,
                d.Status == DeliveryStatus.Pending ? d.NextAttemptAt : null,
                d.DeliveredAt))
            .ToListAsync(cancellationToken);

        return TypedResults.Ok(new Page(paging.PageIndex, paging.PageSize, count, page));
    }
}
