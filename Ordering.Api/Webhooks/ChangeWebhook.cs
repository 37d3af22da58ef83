using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Ordering.Api.Webhooks;

internal static class ChangeWebhook
{
    public sealed record Request(string? Url, IReadOnlyList<string>? EventTypes, bool Active = true);

    public static async Task<Results<Ok<WebhookView>, NotFound, ValidationProblem>> HandleAsync(
        Guid id, Request request, OrderingContext db, IOptions<WebhookOptions> options, CancellationToken cancellationToken)
    {
        if (WebhookRules.Check(request.Url, request.EventTypes, options.Value) is { } problem)
        {
            return problem;
        }

        if (await db.WebhookSubscribers.SingleOrDefaultAsync(s => s.Id == id, cancellationToken) is not { } subscriber)
        {
            return TypedResults.NotFound();
        }

        subscriber.Url = new Uri(request.Url!);
        subscriber.EventTypes = [.. request.EventTypes!.Distinct()];
        subscriber.Active = request.Active;
        await db.SaveChangesAsync(cancellationToken);

        return TypedResults.Ok(subscriber.ToView());
    }
}
