using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Ordering.Api.Webhooks;

public static class ChangeWebhook
{
    public sealed record Request(
        [property: WebhookUrl] string? Url, [property: EventTypes] IReadOnlyList<string>? EventTypes, bool Active = true);

    public static async Task<Results<Ok<WebhookView>, NotFound>> HandleAsync(
        Guid id, Request request, ClaimsPrincipal user, OrderingContext db, WebhookAudit audit, CancellationToken cancellationToken)
    {
        if (await db.WebhookSubscribers.SingleOrDefaultAsync(s => s.Id == id, cancellationToken) is not { } subscriber)
        {
            return TypedResults.NotFound();
        }

        subscriber.Url = new Uri(request.Url!);
        subscriber.EventTypes = [.. request.EventTypes!.Distinct()];
        subscriber.Active = request.Active;
        db.Send(WebhookActions.Changed(user.GetUserId(), subscriber));
        if (!await db.SaveUnlessDeletedAsync(cancellationToken))
        {
            return TypedResults.NotFound();
        }

        audit.Changed(user.GetUserId(), id);

        return TypedResults.Ok(WebhookView.Of(subscriber));
    }
}
