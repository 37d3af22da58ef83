namespace Ordering.Api.Webhooks;

internal sealed partial class WebhookSender
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Sending due webhook deliveries failed; retrying in the next round")]
    private partial void LogRoundFailed(Exception failure);

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "Webhook delivery {DeliveryId} could not be attempted; retrying when its claim ends")]
    private partial void LogAttemptFailed(Exception failure, Guid deliveryId);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Webhook delivery {DeliveryId} to subscriber {SubscriberId} failed (attempt {Attempt}): {Problem}")]
    private partial void LogNotDelivered(Guid deliveryId, Guid subscriberId, int attempt, string? problem);
}
