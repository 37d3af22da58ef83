namespace WebApp.Identity;

public sealed partial class SignInDesk
{
    [LoggerMessage(
        LogLevel.Warning,
        "Merging the guest's basket of user {UserId} at sign-in failed; the event GuestAdopted merges it later: {Problem}")]
    private partial void LogNotMergedYet(Guid userId, string? problem);
}
