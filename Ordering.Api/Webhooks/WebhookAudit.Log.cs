namespace Ordering.Api.Webhooks;

public sealed partial class WebhookAudit
{
    [LoggerMessage(
        EventName = "WebhookCreated", Level = LogLevel.Information, Message = "User {UserId} created webhook {WebhookId}")]
    private partial void LogCreated(Guid userId, Guid webhookId);

    [LoggerMessage(
        EventName = "WebhookChanged", Level = LogLevel.Information, Message = "User {UserId} changed webhook {WebhookId}")]
    private partial void LogChanged(Guid userId, Guid webhookId);

    [LoggerMessage(
        EventName = "WebhookDeleted", Level = LogLevel.Information, Message = "User {UserId} deleted webhook {WebhookId}")]
    private partial void LogDeleted(Guid userId, Guid webhookId);

    [LoggerMessage(
        EventName = "WebhookResent", Level = LogLevel.Information,
        Message = "User {UserId} sends webhook {WebhookId} its delivery {DeliveryId} again")]
    private partial void LogResent(Guid userId, Guid webhookId, Guid deliveryId);
}
