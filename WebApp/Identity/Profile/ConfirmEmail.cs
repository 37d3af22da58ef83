using Contracts.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using WebApp.Identity.Links;
using WebApp.Identity.Sessions;

namespace WebApp.Identity.Profile;

/// <summary>
/// A person confirms the new e-mail address of their account. All other sessions end, and the old address gets a notice: if somebody else
/// did it, the owner reads of it.
/// </summary>
public sealed class ConfirmEmail(
    IdentityContext db, UserManager<ShopUser> users, AccountLinks links, SessionDesk sessions, SecurityAudit audit)
{
    /// <summary>The new address; null when the link is void.</summary>
    public async Task<string?> FindAsync(string? secret) => (await links.FindAsync(LinkPurpose.ChangeEmail, secret))?.Link.Email;

    /// <returns>False when the link is void, or another account has confirmed the address since.</returns>
    public async Task<bool> RunAsync(string? secret, CancellationToken cancellationToken)
    {
        if (await links.FindAsync(LinkPurpose.ChangeEmail, secret) is not ({ } user, { Email: { } email }))
        {
            return false;
        }

        // An account that somebody opened with this address and never confirmed.
        var normalized = users.NormalizeEmail(email);
        await db.Users.Where(other => other.NormalizedEmail == normalized && !other.EmailConfirmed && other.Id != user.Id)
            .ExecuteDeleteAsync(cancellationToken);

        db.Send(AccountMails.EmailChanged(user, user.Email!));
        (user.Email, user.UserName, user.EmailConfirmed) = (email, email, true);
        user.Version++;
        db.Publish(new UserChanged(user.Id, email, user.Name, user.Version));

        if (!await TrySaveAsync(user))
        {
            db.ChangeTracker.Clear();
            return false;
        }

        audit.EmailChanged(user.Id);
        await sessions.RefreshAsync(user, cancellationToken);
        return true;
    }

    private async Task<bool> TrySaveAsync(ShopUser user)
    {
        try
        {
            return (await users.UpdateSecurityStampAsync(user)).Succeeded;
        }
        catch (DbUpdateException)
        {
            // Another account got the address at the same moment.
            return false;
        }
    }
}
