using Microsoft.AspNetCore.Identity;
using WebApp.Clients;

namespace WebApp.Identity;

/// <summary>Signs people in and out of the storefront and brings a guest's basket along.</summary>
public sealed partial class SignInDesk(
    SignInManager<ShopUser> signIn, Accounts accounts, CurrentVisitor current, BasketClient baskets, ILogger<SignInDesk> logger)
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
        var (result, user) = await accounts.OpenAsync(email, password, name, GuestId(), cancellationToken);

        if (result.Succeeded)
        {
            await WelcomeAsync(user, remember: false, cancellationToken);
        }

        return result;
    }

    public Task SignOutAsync() => signIn.SignOutAsync();

    private async Task WelcomeAsync(ShopUser user, bool remember, CancellationToken cancellationToken)
    {
        var guest = GuestId();
        await signIn.SignInAsync(user, remember);

        if (guest is not null)
        {
            var merged = await baskets.MergeAsync(await accounts.DescribeAsync(user, guest), cancellationToken);

            // Signing in works without the basket; the guest's cookie stays, so the next sign-in merges what this one could not.
            if (!merged.IsSuccess)
            {
                LogNotMerged(user.Id, merged.Problem);
            }
        }
    }

    private Guid? GuestId() => current.Find() is { } visitor ? visitor.IsGuest ? visitor.Id : visitor.GuestId : null;
}
