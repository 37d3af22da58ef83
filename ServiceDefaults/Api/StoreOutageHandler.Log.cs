using Microsoft.Extensions.Logging;

namespace ServiceDefaults.Api;

internal sealed partial class StoreOutageHandler
{
    [LoggerMessage(LogLevel.Warning, "{Endpoint} was answered 503 because a store is unavailable: {Reason}")]
    private partial void LogUnavailable(string? endpoint, string reason);
}
