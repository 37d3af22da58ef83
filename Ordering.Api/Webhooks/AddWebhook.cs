using System.ComponentModel;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ordering.Api.Webhooks;

public static class AddWebhook
{
    public sealed record Request(
        [property: WebhookUrl, Description("An https address of the internet.")] string? Url,
        [property: EventTypes, Description("Wire names, for example ordering.order-paid.")] IReadOnlyList<string>? EventTypes);

    public sealed record Response(WebhookView Webhook, [property: Description("Shown only in this answer.")] string Secret);

    public static async Task<Created<Response>> HandleAsync(
        Request request, ClaimsPrincipal user, OrderingContext db, WebhookAudit audit, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var subscriber = new WebhookSubscriber
        {
            Id = Guid.CreateVersion7(now),
            Url = new Uri(request.Url!),
            EventTypes = [.. request.EventTypes!.Distinct()],
            Secret = WebhookSignature.CreateSecret(),
            CreatedAt = now,
        };
        db.WebhookSubscribers.Add(subscriber);
        db.Send(WebhookActions.Created(user.GetUserId(), subscriber));
        await db.SaveChangesAsync(cancellationToken);
        audit.Created(user.GetUserId(), subscriber.Id);

        return TypedResults.Created($"/api/webhooks/{subscriber.Id}", new Response(WebhookView.Of(subscriber), subscriber.Secret));
    }
}
