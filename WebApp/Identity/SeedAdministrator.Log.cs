namespace WebApp.Identity;

public sealed partial class SeedAdministrator
{
    [LoggerMessage(LogLevel.Warning, "Admin:Password is not set, so there is no administrator account.")]
    private partial void LogNoAdmin();

    [LoggerMessage(LogLevel.Error, "The administrator account is not as configured: {Reasons}")]
    private partial void LogAdminNotSeeded(string reasons);
}
