using Microsoft.AspNetCore.Identity;
using WebApp.Clients;

namespace WebApp.Identity;

/// <summary>Signs people in and out of the storefront and brings a guest's basket along.</summary>
public sealed partial class SignInDesk(
    SignInManager<ShopUser> signIn, Accounts accounts, GuestCookie guestCookie, BasketClient baskets, ILogger<SignInDesk> logger)
{
    public async Task<SignInOutcome> SignInAsync(string email, string password, bool remember, CancellationToken cancellationToken)
    {
        var outcome = await accounts.CheckAsync(email, password);

        if (outcome.User is { } user)
        {
            await WelcomeAsync(user, remember, cancellationToken);
        }

        return outcome;
    }

    public async Task<IdentityResult> RegisterAsync(string email, string password, string name, CancellationToken cancellationToken)
    {
        // WelcomeAsync adopts the guest.
        var (result, user) = await accounts.OpenAsync(email, password, name, guestId: null, cancellationToken);

        if (result.Succeeded)
        {
            await WelcomeAsync(user, remember: false, cancellationToken);
        }

        return result;
    }

    public Task SignOutAsync()
    {
        guestCookie.Delete(signIn.Context);
        return signIn.SignOutAsync();
    }

    private async Task WelcomeAsync(ShopUser user, bool remember, CancellationToken cancellationToken)
    {
        // From here on the guest is this person, and nobody else in this browser ever is again: not the one who signs in next, and not
        // who buys as a guest after this session has ended by itself.
        if (GuestId() is { } guest)
        {
            await accounts.AdoptAsync(user, guest, cancellationToken);
            guestCookie.Delete(signIn.Context);
        }

        await signIn.SignInAsync(user, remember);
        var visitor = await accounts.DescribeAsync(user, guestId: null, cancellationToken);

        if (visitor.GuestIds.Count > 0)
        {
            // Signing in works without the basket; the next sign-in merges what this one could not.
            var merged = await baskets.MergeAsync(visitor, cancellationToken);

            if (!merged.IsSuccess)
            {
                LogNotMerged(user.Id, merged.Problem);
            }
        }
    }

    private Guid? GuestId() => guestCookie.Read(signIn.Context.Request);
}
