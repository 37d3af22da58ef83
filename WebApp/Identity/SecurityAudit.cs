using ServiceDefaults.Api;
using ServiceDefaults.Security;

namespace WebApp.Identity;

/// <summary>
/// Writes to the audit log what happens to accounts. Of an account that does not exist, it writes only where the attempt came from: people
/// type passwords into the wrong field.
/// </summary>
public sealed partial class SecurityAudit(ILoggerFactory loggers, IHttpContextAccessor accessor)
{
    private readonly ILogger _logger = loggers.CreateAuditLog();

    /// <summary>Null outside of a request, for example while the administrator's account is set up at the start.</summary>
    private string? Client => accessor.HttpContext is { } context ? ClientNetwork.Of(context) : null;

    public void Registered(Guid user) => LogRegistered(user, Client);

    public void TokenIssued(Guid user) => LogTokenIssued(user, Client);

    public void SignedIn(Guid user, Guid session) => LogSignedIn(user, session, Client);

    public void SignedOut(Guid user, Guid session) => LogSignedOut(user, session, Client);

    public void SessionEnded(Guid user, Guid session) => LogSessionEnded(user, session, Client);

    public void OtherSessionsEnded(Guid user) => LogOtherSessionsEnded(user, Client);

    public void PasswordChanged(Guid user) => LogPasswordChanged(user, Client);

    public void PasswordChangeFailed(Guid user) => LogPasswordChangeFailed(user, Client);

    public void SecondFactorEnrolled(Guid user) => LogSecondFactorEnrolled(user, Client);

    public void SecondFactorRemoved(Guid user) => LogSecondFactorRemoved(user, Client);

    public void SecondFactorUsed(Guid user) => LogSecondFactorUsed(user, Client);

    public void SecondFactorFailed(Guid user) => LogSecondFactorFailed(user, Client);

    public void RecoveryCodeUsed(Guid user) => LogRecoveryCodeUsed(user, Client);

    public void RecoveryCodesRenewed(Guid user) => LogRecoveryCodesRenewed(user, Client);

    public void RoleGiven(Guid user, string role) => LogRoleGiven(user, role, Client);

    public void PasswordLinkSent(Guid user) => LogPasswordLinkSent(user);

    public void PasswordReset(Guid user) => LogPasswordReset(user, Client);

    public void EmailChanged(Guid user) => LogEmailChanged(user, Client);

    public void DataExported(Guid user) => LogDataExported(user, Client);

    public void AccountDeleted(Guid user) => LogAccountDeleted(user, Client);

    public void SignInFailed(Guid? user)
    {
        if (user is { } known)
        {
            LogSignInFailed(known, Client);
        }
        else
        {
            LogUnknownAccount(Client);
        }
    }

    public void Throttled(Guid? user)
    {
        if (user is { } known)
        {
            LogThrottled(known, Client);
        }
        else
        {
            LogUnknownThrottled(Client);
        }
    }
}
