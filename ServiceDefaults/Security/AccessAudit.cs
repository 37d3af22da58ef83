using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using ServiceDefaults.Api;

namespace ServiceDefaults.Security;

/// <summary>Writes refused access to the audit log.</summary>
internal static partial class AccessAudit
{
    /// <summary>
    /// A token that is not valid was answered 401. The log has the kind of its fault, but nothing of the token itself. Expired tokens are
    /// everyday; any other fault may be an attack.
    /// </summary>
    public static void LogRefusedToken(this HttpContext context, Exception fault)
    {
        var level = fault is SecurityTokenExpiredException ? LogLevel.Information : LogLevel.Warning;
        var (reason, method, route, client) = (fault.GetType().Name, context.Request.Method, RouteOf(context), ClientNetwork.Of(context));
        var audit = AuditOf(context);
        TokenRefused(audit, level, reason, method, route, client);
    }

    /// <summary>A user without the required role was answered 403.</summary>
    public static void LogForbidden(this HttpContext context)
    {
        var userId = context.User.FindFirst("sub")?.Value;
        var (method, route, client) = (context.Request.Method, RouteOf(context), ClientNetwork.Of(context));
        var audit = AuditOf(context);
        AccessForbidden(audit, userId, method, route, client);
    }

    private static ILogger AuditOf(HttpContext context) => context.RequestServices.GetRequiredService<ILoggerFactory>().CreateAuditLog();

    // Not the path, which a client can fill with any text.
    private static string? RouteOf(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
}
