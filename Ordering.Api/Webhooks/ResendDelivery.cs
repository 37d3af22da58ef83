using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Ordering.Api.Webhooks;

internal static class ResendDelivery
{
    public static async Task<Results<Accepted, NotFound, ProblemHttpResult>> HandleAsync(
        Guid id, Guid deliveryId, ClaimsPrincipal user, OrderingContext db, WebhookAudit audit, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var subscriber = await db.WebhookSubscribers.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancellationToken);
        var delivery = await db.WebhookDeliveries.SingleOrDefaultAsync(d => d.Id == deliveryId && d.SubscriberId == id, cancellationToken);
        if (subscriber is null || delivery is null)
        {
            return TypedResults.NotFound();
        }

        if (!subscriber.Active)
        {
            return TypedResults.Problem(
                statusCode: StatusCodes.Status409Conflict,
                title: "The subscriber is switched off",
                detail: "Switch it on before you send a delivery again.");
        }

        delivery.SendAgain(clock.GetUtcNow());
        db.Send(WebhookActions.Resent(user.GetUserId(), subscriber, delivery));
        if (!await db.SaveUnlessDeletedAsync(cancellationToken))
        {
            return TypedResults.NotFound();
        }

        audit.Resent(user.GetUserId(), id, deliveryId);
        return TypedResults.Accepted($"/api/webhooks/{id}/deliveries");
    }
}
