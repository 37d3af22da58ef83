namespace WebApp.Identity;

public sealed partial class SecurityAudit
{
    [LoggerMessage(EventName = "Registered", Level = LogLevel.Information, Message = "User {UserId} registered from {Client}")]
    private partial void LogRegistered(Guid userId, string? client);

    [LoggerMessage(EventName = "TokenIssued", Level = LogLevel.Information, Message = "User {UserId} got an access token from {Client}")]
    private partial void LogTokenIssued(Guid userId, string? client);

    [LoggerMessage(
        EventName = "RegistrationThrottled", Level = LogLevel.Warning, Message = "Too many registrations of known addresses from {Client}")]
    private partial void LogRegistrationThrottled(string? client);

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
