using WebApp.Clients;
using WebApp.Identity.Attempts;
using WebApp.Identity.SecondFactor;
using WebApp.Identity.Sessions;

namespace WebApp.Identity;

/// <summary>Signs people in and out of the storefront, and gives what they did as a guest to their account.</summary>
public sealed partial class SignInDesk(
    IHttpContextAccessor accessor,
    Accounts accounts,
    ConfirmAddress confirmation,
    SessionDesk sessions,
    GuestCookie guestCookie,
    KnownDevice device,
    PendingSignIn pending,
    SecondFactorCodes codes,
    BasketClient baskets,
    ILogger<SignInDesk> logger)
{
    private HttpContext Context => accessor.HttpContext!;

    /// <summary>Whether the password was right, and only the code is missing.</summary>
    public bool AwaitsCode => pending.Find() is not null;

    public async Task<SignInOutcome> SignInAsync(Credentials credentials, bool remember, CancellationToken cancellationToken)
    {
        var outcome = await accounts.CheckAsync(credentials, cancellationToken);

        if (outcome.NeedsCode)
        {
            pending.Remember(outcome.User!, remember);
        }
        else if (outcome.User is { } user)
        {
            await EnterAsync(user, remember, cancellationToken);
        }

        return outcome;
    }

    /// <summary>Signs in somebody whose password was right.</summary>
    /// <returns>Null when the password must be entered again.</returns>
    public async Task<SecondFactorOutcome?> SignInWithCodeAsync(string code, CancellationToken cancellationToken)
    {
        if (pending.Find() is not { } waiting
            || await accounts.FindAsync(waiting.UserId) is not { TwoFactorEnabled: true } user
            || user.SecurityStamp != waiting.Stamp)
        {
            return null;
        }

        var outcome = await codes.CheckAsync(user, code, cancellationToken);

        if (outcome.IsDone)
        {
            pending.Forget();
            await EnterAsync(user, waiting.IsRemembered, cancellationToken);
        }

        return outcome;
    }

    /// <summary>Confirms the address of a new account and signs its owner in.</summary>
    /// <returns>Null when the link is void.</returns>
    public async Task<SignInOutcome?> ConfirmAsync(string? secret, string password, CancellationToken cancellationToken)
    {
        var outcome = await confirmation.RunAsync(secret, password, cancellationToken);

        if (outcome?.User is { } user)
        {
            await EnterAsync(user, remember: false, cancellationToken);
        }

        return outcome;
    }

    public async Task SignOutAsync(CancellationToken cancellationToken)
    {
        await sessions.SignOutAsync(cancellationToken);
        guestCookie.Delete(Context);
    }

    private async Task EnterAsync(ShopUser user, bool remember, CancellationToken cancellationToken)
    {
        var guest = GuestId();

        if (guest is { } id)
        {
            await accounts.AdoptAsync(user, id, cancellationToken);
        }

        await WelcomeAsync(user, guest, remember, cancellationToken);
    }

    private async Task WelcomeAsync(ShopUser user, Guid? guest, bool remember, CancellationToken cancellationToken)
    {
        await sessions.StartAsync(user, remember, cancellationToken);
        device.Remember(user.Id);

        if (guest is null)
        {
            return;
        }

        // This guest is the user from now on; the next guest in this browser must be another one.
        guestCookie.Delete(Context);

        // The event of the adoption merges the basket as well, but later than the next page is shown.
        var merged = await baskets.MergeAsync(await accounts.DescribeAsync(user) with { MergedGuest = guest }, cancellationToken);

        if (!merged.IsSuccess)
        {
            LogNotMergedYet(user.Id, merged.Problem);
        }
    }

    private Guid? GuestId() => guestCookie.Read(Context.Request);
}
