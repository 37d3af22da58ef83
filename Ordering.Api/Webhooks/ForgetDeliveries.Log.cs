namespace Ordering.Api.Webhooks;

internal sealed partial class ForgetDeliveries
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Deleting old webhook deliveries failed; retrying in the next round")]
    private partial void LogFailed(Exception failure);
}
