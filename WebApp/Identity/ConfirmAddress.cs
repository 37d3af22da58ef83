using Contracts.Identity;
using Microsoft.AspNetCore.Identity;
using WebApp.Identity.Links;

namespace WebApp.Identity;

/// <summary>
/// A person confirms the address of the account that they opened. It takes the link in the mail and the password: the link alone could come
/// from an account that somebody else wanted to open with this address, and whose password they know.
/// </summary>
public sealed class ConfirmAddress(
    IdentityContext db, UserManager<ShopUser> users, AccountLinks links, Accounts accounts, SecurityAudit audit)
{
    /// <summary>The account that the link is for; null when the link is void.</summary>
    public async Task<ShopUser?> FindAsync(string? secret) => (await links.FindAsync(LinkPurpose.ConfirmAddress, secret))?.User;

    /// <returns>Null when the link is void.</returns>
    public async Task<SignInOutcome?> RunAsync(string? secret, string password, CancellationToken cancellationToken)
    {
        if (await FindAsync(secret) is not { } user)
        {
            return null;
        }

        var outcome = await accounts.CheckUnconfirmedAsync(user, password, cancellationToken);

        if (outcome.User is null)
        {
            return outcome;
        }

        user.EmailConfirmed = true;
        db.Publish(new UserRegistered(user.Id, user.Email!, user.Name));
        await users.UpdateSecurityStampAsync(user);
        audit.Registered(user.Id);
        return outcome;
    }
}
