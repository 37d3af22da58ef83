namespace Ordering.Api.Webhooks;

internal static class WebhookEndpoints
{
    public static void MapWebhooks(this IEndpointRouteBuilder routes)
    {
        var webhooks = routes.MapGroup("/api/webhooks")
            .WithTags("Webhooks")
            .RequireAuthorization(Policies.Admin);

        webhooks.MapGet("/", ListWebhooks.HandleAsync)
            .WithName("ListWebhooks")
            .WithSummary("The subscribers of order events, oldest first (admin)")
            .WithResponseExample(StatusCodes.Status200OK, WebhookExamples.Page);
        webhooks.MapGet("/{id:guid}", GetWebhook.HandleAsync)
            .WithName("GetWebhook")
            .WithSummary("One subscriber (admin)");
        webhooks.MapPost("/", AddWebhook.HandleAsync)
            .WithName("AddWebhook")
            .WithSummary("Send order events to an address (admin)")
            .WithDescription(
                "The answer has the secret that signs the deliveries; it is never shown again. Deliveries follow standardwebhooks.com: "
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
            .WithSummary("Delete a subscriber and its deliveries (admin)");
        webhooks.MapGet("/{id:guid}/deliveries", ListDeliveries.HandleAsync)
            .WithName("ListWebhookDeliveries")
            .WithSummary("The deliveries to a subscriber, newest first (admin)")
            .WithDescription("Finished deliveries are kept for 14 days.");
        webhooks.MapPost("/{id:guid}/deliveries/{deliveryId:guid}/resend", ResendDelivery.HandleAsync)
            .WithName("ResendWebhookDelivery")
            .WithSummary("Send a delivery again (admin)")
            .WithDescription(
                "At once, with the same id and body, a new signature, and all retries. A subscriber that keeps the ids ignores an event "
                + "that it has already.")
            .ProducesProblem(StatusCodes.Status409Conflict);
    }
}
