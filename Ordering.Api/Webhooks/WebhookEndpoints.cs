namespace Ordering.Api.Webhooks;

internal static class WebhooksApi
{
    public static void MapWebhooks(this IEndpointRouteBuilder app)
    {
        var webhooks = app.MapGroup("/api/webhooks")
            .WithTags("Webhooks")
            .RequireAuthorization(Policies.Admin)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);

        webhooks.MapGet("/", ListWebhooks.HandleAsync)
            .WithName("ListWebhooks")
            .WithSummary("Who is told of order events (admin)");
        webhooks.MapGet("/{id:guid}", GetWebhook.HandleAsync)
            .WithName("GetWebhook")
            .WithSummary("One subscriber (admin)");
        webhooks.MapPost("/", AddWebhook.HandleAsync)
            .WithName("AddWebhook")
            .WithSummary("Tell an address of order events (admin)")
            .WithDescription(
                "The answer carries the secret that signs the deliveries; it is shown only this once. Deliveries follow standardwebhooks.com: "
                + "headers webhook-id, webhook-timestamp and webhook-signature.")
            .WithRequestExample(WebhookExamples.Add)
            .WithResponseExample(StatusCodes.Status201Created, WebhookExamples.Added);
        webhooks.MapPut("/{id:guid}", ChangeWebhook.HandleAsync)
            .WithName("ChangeWebhook")
            .WithSummary("Change a subscriber, or switch it on or off (admin)")
            .WithRequestExample(WebhookExamples.Change)
            .WithResponseExample(StatusCodes.Status200OK, WebhookExamples.Changed);
        webhooks.MapDelete("/{id:guid}", DeleteWebhook.HandleAsync)
            .WithName("DeleteWebhook")
            .WithSummary("Tell an address no more, and forget its deliveries (admin)");
        webhooks.MapGet("/{id:guid}/deliveries", ListDeliveries.HandleAsync)
            .WithName("ListWebhookDeliveries")
            .WithSummary("The log of deliveries to a subscriber, newest first (admin)");
    }
}
