namespace Ordering.Api.Webhooks;

/// <summary>An address outside the shop that gets order events.</summary>
public sealed class WebhookSubscriber
{
    public required Guid Id { get; init; }

    public required Uri Url { get; set; }

    /// <summary>Wire names, for example <c>ordering.order-paid</c>.</summary>
    public required string[] EventTypes { get; set; }

    /// <summary>Signs the deliveries; in the format of Standard Webhooks: <c>whsec_</c> and base64.</summary>
    public required string Secret { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>False when the subscriber answered 410 Gone, or an admin switched it off.</summary>
    public bool Active { get; set; } = true;
}
