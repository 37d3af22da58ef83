using Microsoft.Extensions.Logging;

namespace ServiceDefaults.Security;

internal static partial class AccessAudit
{
    [LoggerMessage(EventName = "TokenRefused", Message = "An access token was refused ({Reason}) at {Method} {Route} from {Client}")]
    private static partial void TokenRefused(
        ILogger audit, LogLevel level, string reason, string method, string? route, string client);

    [LoggerMessage(
        EventName = "AccessForbidden", Level = LogLevel.Warning,
        Message = "User {UserId} may not do {Method} {Route}; the request came from {Client}")]
    private static partial void AccessForbidden(ILogger audit, string? userId, string method, string? route, string client);
}
