using Microsoft.Extensions.Logging;

namespace ServiceDefaults.Security;

/// <summary>
/// The log of what people did that matters for security: signing in, changing an account, acting as an administrator. All services write to
/// one category, so that one filter keeps these lines and stores them elsewhere.
/// </summary>
/// <remarks>An entry has the ids of users and things. It never has names, addresses, passwords, codes or tokens.</remarks>
public static class AuditLog
{
    /// <summary>The category of every entry.</summary>
    public const string Category = "Security.Audit";

    /// <summary>The logger of the audit log. Its entries are <c>[LoggerMessage]</c> methods with named values.</summary>
    public static ILogger CreateAuditLog(this ILoggerFactory loggers) => loggers.CreateLogger(Category);
}
