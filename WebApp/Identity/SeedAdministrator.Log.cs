namespace WebApp.Identity;

public sealed partial class SeedAdministrator
{
    [LoggerMessage(LogLevel.Warning, "Admin:Password is not set: no administrator account is created")]
    private partial void LogNoAdmin();

    [LoggerMessage(LogLevel.Error, "Configuring the administrator account failed: {Reasons}")]
    private partial void LogAdminNotSeeded(string reasons);
}
