namespace WebApp.Identity;

public sealed partial class SignInDesk
{
    [LoggerMessage(LogLevel.Warning, "The guest's basket of user {UserId} is not merged yet: {Problem}")]
    private partial void LogNotMerged(Guid userId, string? problem);
}
