namespace Ordering.Api.Webhooks;

/// <summary>Examples for the OpenAPI document.</summary>
internal static class WebhookExamples
{
    private static readonly string[] EventTypes = ["ordering.order-paid", "ordering.order-shipped"];
    private static readonly WebhookView Webhook = new(
        Guid.Parse("01990a4e-7d3a-7c2b-9c51-3f0f2b8f9a11"),
        new Uri("https://example.com/hook"),
        EventTypes,
        Active: true,
        new DateTimeOffset(2030, 5, 1, 12, 0, 0, TimeSpan.Zero));

    public static readonly AddWebhook.Request Add = new("https://example.com/hook", EventTypes);

    public static readonly AddWebhook.Response Added = new(Webhook, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    public static readonly ListWebhooks.Page Page = new(PageIndex: 0, PageSize: 10, Count: 1, [Webhook]);

    public static readonly ChangeWebhook.Request Change = new("https://example.com/hook", EventTypes, Active: false);

    public static readonly WebhookView Changed = Webhook with { Active = false };
}
