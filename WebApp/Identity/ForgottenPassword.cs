using System.ComponentModel.DataAnnotations;
using Contracts.Identity;
using EventBus;
using Microsoft.AspNetCore.Identity;
using ServiceDefaults.Text;
using WebApp.Identity.Attempts;
using WebApp.Identity.Links;

namespace WebApp.Identity;

/// <summary>
/// A person who forgot the password gets a link by mail. Whether the address has an account is looked up later, by the handler of a
/// command: the answer and its time are the same for every address.
/// </summary>
public sealed class ForgottenPassword(IdentityContext db, UserManager<ShopUser> users, MailLimits limits)
{
    /// <param name="form">Must be valid.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<AccountOutcome> RunAsync(Form form, CancellationToken cancellationToken)
    {
        if (await limits.CountClientAsync(cancellationToken) is { } wait)
        {
            return AccountOutcome.Throttled(wait);
        }

        var email = form.Email!.Trim();

        if (await limits.MayMailAsync(users.NormalizeEmail(email)!, cancellationToken))
        {
            db.Send(new MailPasswordLink(Guid.CreateVersion7(), email));
            await db.SaveChangesAsync(cancellationToken);
        }

        return AccountOutcome.Accepted;
    }

    public sealed class Form
    {
        [Required(ErrorMessage = "Enter your e-mail address."), EmailAddress(ErrorMessage = AccountErrors.NotAnAddress)]
        [MaxLength(Credentials.EmailMaxLength, ErrorMessage = "Use at most {1} characters."), PlainText]
        public string? Email { get; set; }
    }

    /// <summary>Handles the command.</summary>
    public sealed class MailLink(IdentityContext db, UserManager<ShopUser> users, AccountLinks links, SecurityAudit audit)
        : IMessageHandler<MailPasswordLink>
    {
        public async Task HandleAsync(MailPasswordLink command, MessageContext context, CancellationToken cancellationToken)
        {
            if (await users.FindByEmailAsync(command.Email) is { } user)
            {
                db.Send(AccountMails.ResetPassword(user, links.Make(LinkPurpose.ResetPassword, user)));
                audit.PasswordLinkSent(user.Id);
            }
        }
    }
}
