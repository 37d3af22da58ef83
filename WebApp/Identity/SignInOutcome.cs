namespace WebApp.Identity;

/// <summary>The result of a sign-in.</summary>
/// <param name="User">Null when it was refused.</param>
/// <param name="IsLockedOut">Whether the account is locked for a few minutes after wrong passwords.</param>
public sealed record SignInOutcome(ShopUser? User, bool IsLockedOut)
{
    public static readonly SignInOutcome Refused = new(null, IsLockedOut: false);
    public static readonly SignInOutcome Locked = new(null, IsLockedOut: true);
}
