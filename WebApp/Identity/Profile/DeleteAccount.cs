using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Contracts.Identity;
using Microsoft.AspNetCore.Identity;
using ServiceDefaults.Text;
using WebApp.Identity.Links;
using WebApp.Identity.OAuth;
using WebApp.Identity.Sessions;

namespace WebApp.Identity.Profile;

/// <summary>
/// A person deletes their account, with everything that identitydb has of it. The other services obey the event: each forgets what it has
/// of the person, except what the law requires it to keep.
/// </summary>
public sealed class DeleteAccount(
    IdentityContext db, UserManager<ShopUser> users, Accounts accounts, OAuthGrants grants, SessionDesk sessions, SecurityAudit audit)
{
    /// <param name="visitor">Must have signed in.</param>
    /// <param name="form">Must be valid.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<AccountOutcome> RunAsync(ClaimsPrincipal visitor, Form form, CancellationToken cancellationToken)
    {
        var user = (await users.FindByIdAsync($"{visitor.GetVisitorId()}"))!;

        if (await accounts.IsAdministratorAsync(user))
        {
            return AccountOutcome.Refused("", "This account runs the shop, so it cannot be deleted here.");
        }

        var password = await accounts.CheckPasswordAsync(user, form.Password!, cancellationToken);

        if (password.User is null)
        {
            return password.Wait is { } wait
                ? AccountOutcome.Throttled(wait)
                : AccountOutcome.Refused("password", "The password is wrong.");
        }

        await grants.ForgetAsync(user, cancellationToken);
        db.Publish(new UserDeleted(user.Id));
        db.Send(AccountMails.AccountDeleted(user));
        var result = await users.DeleteAsync(user);

        if (!result.Succeeded)
        {
            db.ChangeTracker.Clear();
            return AccountOutcome.Refused("", "Your account was changed elsewhere at the same moment. Try again.");
        }

        audit.AccountDeleted(user.Id);
        await sessions.SignOutAsync(cancellationToken);
        return AccountOutcome.Accepted;
    }

    public sealed class Form
    {
        [Required(ErrorMessage = "Enter your password."),
        MaxLength(Credentials.PasswordMaxLength, ErrorMessage = "Use at most {1} characters."), PlainText]
        public string? Password { get; set; }
    }
}
