using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Ordering.Api.Webhooks;

internal static class AddWebhook
{
    public sealed record Request(
        [property: Description("An https address of the internet.")] string? Url,
        [property: Description("Wire names, as in ordering.order-paid.")] IReadOnlyList<string>? EventTypes);

    public sealed record Response(WebhookView Webhook, [property: Description("Shown only this once.")] string Secret);

    public static async Task<Results<Created<Response>, ValidationProblem>> HandleAsync(
        Request request, OrderingContext db, IOptions<WebhookOptions> options, TimeProvider time, CancellationToken cancellationToken)
    {
        if (WebhookRules.Check(request.Url, request.EventTypes, options.Value) is { } problem)
        {
            return problem;
        }

        var now = time.GetUtcNow();
        var subscriber = new WebhookSubscriber
        {
            Id = Guid.CreateVersion7(now),
            Url = new Uri(request.Url!),
            EventTypes = [.. request.EventTypes!.Distinct()],
            Secret = WebhookSignature.CreateSecret(),
            CreatedAt = now,
        };
        db.WebhookSubscribers.Add(subscriber);
        await db.SaveChangesAsync(cancellationToken);

        return TypedResults.Created($"/api/webhooks/{subscriber.Id}", new Response(subscriber.ToView(), subscriber.Secret));
    }
}
