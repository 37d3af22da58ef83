using Microsoft.AspNetCore.Identity;
using WebApp.Clients;
using WebApp.Identity.Attempts;

namespace WebApp.Identity;

/// <summary>Signs people in and out of the storefront, and gives what they did as a guest to their account.</summary>
public sealed partial class SignInDesk(
    SignInManager<ShopUser> signIn,
    Accounts accounts,
    GuestCookie guestCookie,
    KnownDevice device,
    BasketClient baskets,
    ILogger<SignInDesk> logger)
{
    public async Task<SignInOutcome> SignInAsync(Credentials credentials, bool remember, CancellationToken cancellationToken)
    {
        var outcome = await accounts.CheckAsync(credentials, cancellationToken);

        if (outcome.User is { } user)
        {
            var guest = GuestId();

            if (guest is { } id)
            {
                await accounts.AdoptAsync(user, id, cancellationToken);
            }

            await WelcomeAsync(user, guest, remember, cancellationToken);
        }

        return outcome;
    }

    public async Task<AccountOutcome> RegisterAsync(Registration registration, CancellationToken cancellationToken)
    {
        var guest = GuestId();
        var outcome = await accounts.RegisterAsync(registration, guest, cancellationToken);

        if (outcome.User is { } user)
        {
            await WelcomeAsync(user, guest, remember: false, cancellationToken);
        }

        return outcome;
    }

    public Task SignOutAsync()
    {
        guestCookie.Delete(signIn.Context);
        return signIn.SignOutAsync();
    }

    private async Task WelcomeAsync(ShopUser user, Guid? guest, bool remember, CancellationToken cancellationToken)
    {
        await signIn.SignInAsync(user, remember);
        device.Remember(user.Id);

        if (guest is null)
        {
            return;
        }

        // This guest is the user from now on; the next guest in this browser must be another one.
        guestCookie.Delete(signIn.Context);

        // The event of the adoption merges the basket as well, but later than the next page is shown.
        var merged = await baskets.MergeAsync(await accounts.DescribeAsync(user) with { MergedGuest = guest }, cancellationToken);

        if (!merged.IsSuccess)
        {
            LogNotMergedYet(user.Id, merged.Problem);
        }
    }

    private Guid? GuestId() => guestCookie.Read(signIn.Context.Request);
}
