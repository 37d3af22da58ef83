using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using ServiceDefaults.Text;
using WebApp.Identity.Attempts;
using WebApp.Identity.Links;
using WebApp.Identity.OAuth;
using WebApp.Identity.Sessions;

namespace WebApp.Identity;

/// <summary>A person changes their password. All of their other sessions and what programs may do end, and a mail says so.</summary>
public sealed class ChangePassword(
    IdentityContext db, UserManager<ShopUser> users, GuessLimits guesses, SessionStore sessions, OAuthGrants grants, SecurityAudit audit)
{
    /// <param name="visitor">Must have signed in.</param>
    /// <param name="form">Must be valid.</param>
    public async Task<AccountOutcome> RunAsync(ClaimsPrincipal visitor, Form form, CancellationToken cancellationToken)
    {
        var user = (await users.FindByIdAsync($"{visitor.GetVisitorId()}"))!;
        var guess = await guesses.CountAsync(user.NormalizedEmail!, user.Id, cancellationToken);

        if (guess.Wait is { } wait)
        {
            audit.Throttled(user.Id);
            return AccountOutcome.Throttled(wait);
        }

        db.Send(AccountMails.PasswordChanged(user));
        await grants.ForgetAsync(user, cancellationToken);
        var result = await users.ChangePasswordAsync(user, form.CurrentPassword!, form.NewPassword!);

        if (!result.Succeeded)
        {
            db.ChangeTracker.Clear();
        }

        if (AccountErrors.IsWrongPassword(result))
        {
            audit.PasswordChangeFailed(user.Id);
            return AccountOutcome.Refused(result);
        }

        await guesses.ForgetAsync(guess, cancellationToken);

        if (!result.Succeeded)
        {
            return AccountOutcome.Refused(result);
        }

        audit.PasswordChanged(user.Id);
        await sessions.KeepAsync(visitor.GetSessionId()!.Value, user, cancellationToken);
        return new AccountOutcome(user);
    }

    public sealed class Form
    {
        [Required(ErrorMessage = "Enter your current password."),
        MaxLength(Credentials.PasswordMaxLength, ErrorMessage = "Use at most {1} characters."), PlainText]
        public string? CurrentPassword { get; set; }

        [Required(ErrorMessage = "Choose a password."),
        MaxLength(Credentials.PasswordMaxLength, ErrorMessage = "Use at most {1} characters."), PlainText]
        public string? NewPassword { get; set; }
    }
}
