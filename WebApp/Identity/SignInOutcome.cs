namespace WebApp.Identity;

/// <summary>The result of a sign-in.</summary>
/// <param name="User">Null when it was refused.</param>
/// <param name="Wait">How long the client must wait, because there were too many guesses; null when it need not.</param>
public sealed record SignInOutcome(ShopUser? User, TimeSpan? Wait = null)
{
    public static readonly SignInOutcome Refused = new((ShopUser?)null);

    /// <summary>Whether the password was right, and the account has a second factor as well.</summary>
    public bool NeedsCode => User is { TwoFactorEnabled: true };

    public static SignInOutcome Throttled(TimeSpan wait) => new(null, wait);
}
