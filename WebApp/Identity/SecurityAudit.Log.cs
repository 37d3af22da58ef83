namespace WebApp.Identity;

public sealed partial class SecurityAudit
{
    [LoggerMessage(EventName = "Registered", Level = LogLevel.Information, Message = "User {UserId} registered from {Client}")]
    private partial void LogRegistered(Guid userId, string? client);

    [LoggerMessage(EventName = "TokenIssued", Level = LogLevel.Information, Message = "User {UserId} got an access token from {Client}")]
    private partial void LogTokenIssued(Guid userId, string? client);

    [LoggerMessage(
        EventName = "PasswordLinkSent", Level = LogLevel.Information, Message = "User {UserId} gets a link to choose a new password")]
    private partial void LogPasswordLinkSent(Guid userId);

    [LoggerMessage(
        EventName = "PasswordReset", Level = LogLevel.Warning,
        Message = "User {UserId} chose a new password by a link from {Client}; all sessions ended")]
    private partial void LogPasswordReset(Guid userId, string? client);

    [LoggerMessage(
        EventName = "EmailChanged", Level = LogLevel.Warning,
        Message = "User {UserId} confirmed a new e-mail address from {Client}; all other sessions ended")]
    private partial void LogEmailChanged(Guid userId, string? client);

    [LoggerMessage(EventName = "DataExported", Level = LogLevel.Information, Message = "User {UserId} downloaded their data from {Client}")]
    private partial void LogDataExported(Guid userId, string? client);

    [LoggerMessage(EventName = "AccountDeleted", Level = LogLevel.Warning, Message = "User {UserId} deleted the account from {Client}")]
    private partial void LogAccountDeleted(Guid userId, string? client);

    [LoggerMessage(
        EventName = "SignedIn", Level = LogLevel.Information, Message = "User {UserId} signed in from {Client}: session {SessionId}")]
    private partial void LogSignedIn(Guid userId, Guid sessionId, string? client);

    [LoggerMessage(
        EventName = "SignedOut", Level = LogLevel.Information, Message = "User {UserId} signed out from {Client}: session {SessionId}")]
    private partial void LogSignedOut(Guid userId, Guid sessionId, string? client);

    [LoggerMessage(
        EventName = "SessionEnded", Level = LogLevel.Information, Message = "User {UserId} ended session {SessionId} from {Client}")]
    private partial void LogSessionEnded(Guid userId, Guid sessionId, string? client);

    [LoggerMessage(
        EventName = "OtherSessionsEnded", Level = LogLevel.Information, Message = "User {UserId} ended all other sessions from {Client}")]
    private partial void LogOtherSessionsEnded(Guid userId, string? client);

    [LoggerMessage(
        EventName = "PasswordChanged", Level = LogLevel.Information,
        Message = "User {UserId} changed the password from {Client}; all other sessions ended")]
    private partial void LogPasswordChanged(Guid userId, string? client);

    [LoggerMessage(
        EventName = "PasswordChangeFailed", Level = LogLevel.Warning, Message = "Wrong current password of user {UserId} from {Client}")]
    private partial void LogPasswordChangeFailed(Guid userId, string? client);

    [LoggerMessage(
        EventName = "RoleGiven", Level = LogLevel.Warning,
        Message = "User {UserId} got the role {Role}; all sessions ended (from {Client})")]
    private partial void LogRoleGiven(Guid userId, string role, string? client);

    [LoggerMessage(
        EventName = "SecondFactorEnrolled", Level = LogLevel.Information,
        Message = "User {UserId} turned the second factor on from {Client}; all other sessions ended")]
    private partial void LogSecondFactorEnrolled(Guid userId, string? client);

    [LoggerMessage(
        EventName = "SecondFactorRemoved", Level = LogLevel.Warning,
        Message = "The second factor of user {UserId} is off; all other sessions ended (from {Client})")]
    private partial void LogSecondFactorRemoved(Guid userId, string? client);

    [LoggerMessage(
        EventName = "SecondFactorUsed", Level = LogLevel.Information, Message = "User {UserId} proved the second factor from {Client}")]
    private partial void LogSecondFactorUsed(Guid userId, string? client);

    [LoggerMessage(
        EventName = "SecondFactorFailed", Level = LogLevel.Warning,
        Message = "Wrong code of the second factor of user {UserId} from {Client}")]
    private partial void LogSecondFactorFailed(Guid userId, string? client);

    [LoggerMessage(EventName = "RecoveryCodeUsed", Level = LogLevel.Warning, Message = "User {UserId} used a recovery code from {Client}")]
    private partial void LogRecoveryCodeUsed(Guid userId, string? client);

    [LoggerMessage(
        EventName = "RecoveryCodesRenewed", Level = LogLevel.Information, Message = "User {UserId} made new recovery codes from {Client}")]
    private partial void LogRecoveryCodesRenewed(Guid userId, string? client);

    [LoggerMessage(EventName = "SignInFailed", Level = LogLevel.Warning, Message = "Wrong password for user {UserId} from {Client}")]
    private partial void LogSignInFailed(Guid userId, string? client);

    [LoggerMessage(EventName = "UnknownSignInFailed", Level = LogLevel.Warning, Message = "Sign-in to an unknown account from {Client}")]
    private partial void LogUnknownAccount(string? client);

    [LoggerMessage(
        EventName = "SignInThrottled", Level = LogLevel.Warning, Message = "Too many attempts to sign in as user {UserId} from {Client}")]
    private partial void LogThrottled(Guid userId, string? client);

    [LoggerMessage(
        EventName = "UnknownSignInThrottled", Level = LogLevel.Warning,
        Message = "Too many attempts to sign in to an unknown account from {Client}")]
    private partial void LogUnknownThrottled(string? client);
}
