using System.ComponentModel.DataAnnotations;
using Contracts.Identity;
using Microsoft.AspNetCore.Identity;
using ServiceDefaults.Text;
using WebApp.Identity.Links;
using WebApp.Identity.OAuth;

namespace WebApp.Identity;

/// <summary>
/// A person chooses a new password with the link in a mail. All sessions and what programs may do end, and the link with them.
/// </summary>
public sealed class ResetPassword(
    IdentityContext db, UserManager<ShopUser> users, AccountLinks links, OAuthGrants grants, SecurityAudit audit)
{
    /// <summary>The account that the link is for; null when the link is void.</summary>
    public async Task<ShopUser?> FindAsync(string? secret) => (await links.FindAsync(LinkPurpose.ResetPassword, secret))?.User;

    /// <param name="secret">Of the link.</param>
    /// <param name="form">Must be valid.</param>
    /// <param name="cancellationToken">Ends the request before anything is changed.</param>
    /// <returns>Null when the link is void.</returns>
    public async Task<AccountOutcome?> RunAsync(string? secret, Form form, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        if (await FindAsync(secret) is not { } user)
        {
            return null;
        }

        if (!user.EmailConfirmed)
        {
            // Who reads the mails of this address owns it.
            user.EmailConfirmed = true;
            db.Publish(new UserRegistered(user.Id, user.Email!, user.Name));
        }

        db.Send(AccountMails.PasswordChanged(user));
        await grants.ForgetAsync(user, cancellationToken);
        var result = await users.ResetPasswordAsync(user, await users.GeneratePasswordResetTokenAsync(user), form.Password!);

        if (!result.Succeeded)
        {
            db.ChangeTracker.Clear();
            return AccountOutcome.Refused(result);
        }

        audit.PasswordReset(user.Id);
        return new AccountOutcome(user);
    }

    public sealed class Form
    {
        [Required(ErrorMessage = "Choose a password."),
        MaxLength(Credentials.PasswordMaxLength, ErrorMessage = "Use at most {1} characters."), PlainText]
        public string? Password { get; set; }
    }
}
