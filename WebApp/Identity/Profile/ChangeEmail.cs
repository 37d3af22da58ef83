using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using ServiceDefaults.Text;
using WebApp.Identity.Attempts;
using WebApp.Identity.Links;
using WebApp.Identity.Sessions;

namespace WebApp.Identity.Profile;

/// <summary>
/// A person asks for another e-mail address. It counts once the link in the mail to the new address is opened. The answer is the same for
/// an address that has an account.
/// </summary>
public sealed class ChangeEmail(
    IdentityContext db, UserManager<ShopUser> users, Accounts accounts, AccountLinks links, MailLimits limits)
{
    /// <param name="visitor">Must have signed in.</param>
    /// <param name="form">Must be valid.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<AccountOutcome> RunAsync(ClaimsPrincipal visitor, Form form, CancellationToken cancellationToken)
    {
        var user = (await users.FindByIdAsync($"{visitor.GetVisitorId()}"))!;
        var email = form.Email!.Trim();
        var password = await accounts.CheckPasswordAsync(user, form.Password!, cancellationToken);

        if (password.User is null)
        {
            return password.Wait is { } wait
                ? AccountOutcome.Throttled(wait)
                : AccountOutcome.Refused("password", "The password is wrong.");
        }

        if (users.NormalizeEmail(email) == user.NormalizedEmail)
        {
            return AccountOutcome.Refused("email", "This is your address already.");
        }

        if (await limits.CountClientAsync(cancellationToken) is { } pause)
        {
            return AccountOutcome.Throttled(pause);
        }

        if (await limits.MayMailAsync(users.NormalizeEmail(email)!, cancellationToken))
        {
            db.Send(await users.FindByEmailAsync(email) is { EmailConfirmed: true } owner
                ? AccountMails.EmailTaken(owner)
                : AccountMails.ConfirmNewEmail(user, email, links.Make(LinkPurpose.ChangeEmail, user, email)));
            await db.SaveChangesAsync(cancellationToken);
        }

        return AccountOutcome.Accepted;
    }

    public sealed class Form
    {
        [Required(ErrorMessage = "Enter the new e-mail address."), EmailAddress(ErrorMessage = AccountErrors.NotAnAddress)]
        [MaxLength(Credentials.EmailMaxLength, ErrorMessage = "Use at most {1} characters."), PlainText]
        public string? Email { get; set; }

        [Required(ErrorMessage = "Enter your password."),
        MaxLength(Credentials.PasswordMaxLength, ErrorMessage = "Use at most {1} characters."), PlainText]
        public string? Password { get; set; }
    }
}
