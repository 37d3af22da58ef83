namespace Ordering.Api.Webhooks;

/// <summary>An address outside that wants to be told of order events.</summary>
public sealed class WebhookSubscriber
{
    public required Guid Id { get; init; }

    public required Uri Url { get; set; }

    /// <summary>Wire names, as in <c>ordering.order-paid</c>.</summary>
    public required string[] EventTypes { get; set; }

    /// <summary>Signs the deliveries. In the form of Standard Webhooks: <c>whsec_</c> and base64.</summary>
    public required string Secret { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>False when the subscriber said 410 Gone, or an admin switched it off.</summary>
    public bool Active { get; set; } = true;
}
