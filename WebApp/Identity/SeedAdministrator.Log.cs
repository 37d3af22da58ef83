namespace WebApp.Identity;

public sealed partial class SeedAdministrator
{
    [LoggerMessage(LogLevel.Warning, "Admin:Password is not set: no administrator account is created")]
    private partial void LogNoAdmin();

    [LoggerMessage(
        LogLevel.Warning,
        "Admin:RemoveSecondFactor is set: the administrator's second factor is removed. Sign in, add a new one, and remove the setting")]
    private partial void LogSecondFactorRemoved();

    [LoggerMessage(LogLevel.Error, "Configuring the administrator account failed: {Reasons}")]
    private partial void LogAdminNotSeeded(string reasons);
}
