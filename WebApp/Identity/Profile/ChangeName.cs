using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Contracts.Identity;
using Microsoft.AspNetCore.Identity;
using ServiceDefaults.Text;
using WebApp.Identity.Sessions;

namespace WebApp.Identity.Profile;

/// <summary>A person changes their name. Replicas of users follow by the event.</summary>
public sealed class ChangeName(IdentityContext db, UserManager<ShopUser> users, SessionDesk sessions)
{
    /// <param name="visitor">Must have signed in.</param>
    /// <param name="form">Must be valid.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<AccountOutcome> RunAsync(ClaimsPrincipal visitor, Form form, CancellationToken cancellationToken)
    {
        var user = (await users.FindByIdAsync($"{visitor.GetVisitorId()}"))!;
        user.Name = form.Name!.Trim();
        user.Version++;
        db.Publish(new UserChanged(user.Id, user.Email!, user.Name, user.Version));
        var result = await users.UpdateAsync(user);

        if (!result.Succeeded)
        {
            db.ChangeTracker.Clear();
            return AccountOutcome.Refused("name", "Your name was changed elsewhere at the same moment. Try again.");
        }

        await sessions.RefreshAsync(user, cancellationToken);
        return new AccountOutcome(user);
    }

    public sealed class Form
    {
        [Required(ErrorMessage = "Enter your name."),
        MaxLength(ShopUser.NameMaxLength, ErrorMessage = "Use at most {1} characters."), PlainText]
        public string? Name { get; set; }
    }
}
