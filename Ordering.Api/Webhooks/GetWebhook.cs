using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Ordering.Api.Webhooks;

internal static class GetWebhook
{
    public static async Task<Results<Ok<WebhookView>, NotFound>> HandleAsync(
        Guid id, OrderingContext db, CancellationToken cancellationToken) =>
        await db.WebhookSubscribers.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancellationToken) is { } subscriber
            ? TypedResults.Ok(WebhookView.Of(subscriber))
            : TypedResults.NotFound();
}
