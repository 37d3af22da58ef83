using Contracts.Audit;
using Contracts.Identity;
using Microsoft.AspNetCore.Identity;
using WebApp.Identity.Attempts;

namespace WebApp.Identity;

/// <summary>Finds accounts and checks passwords, for the pages and for the API.</summary>
public sealed class Accounts(
    IdentityContext db,
    UserManager<ShopUser> users,
    PasswordCheck passwords,
    GuessLimits guesses,
    SecurityAudit audit)
{
    /// <summary>Checks a password, unless this client has guessed too often.</summary>
    /// <param name="credentials">Must be valid.</param>
    public async Task<SignInOutcome> CheckAsync(Credentials credentials, CancellationToken cancellationToken)
    {
        var email = credentials.Email!.Trim();
        return await CheckAsync(
            await users.FindByEmailAsync(email), users.NormalizeEmail(email)!, credentials.Password!, cancellationToken);
    }

    /// <summary>Checks the password of somebody who has opened an account and now confirms its address, under the same limits.</summary>
    public Task<SignInOutcome> CheckUnconfirmedAsync(ShopUser user, string password, CancellationToken cancellationToken) =>
        CheckAsync(user, user.NormalizedEmail!, password, cancellationToken, mustBeConfirmed: false);

    /// <summary>Checks the password of somebody who has signed in, under the same limits.</summary>
    public Task<SignInOutcome> CheckPasswordAsync(ShopUser user, string password, CancellationToken cancellationToken) =>
        CheckAsync(user, user.NormalizedEmail!, password, cancellationToken);

    /// <summary>Publishes that the guest is this user: Basket and Ordering move the guest's basket and orders.</summary>
    public async Task AdoptAsync(ShopUser user, Guid guestId, CancellationToken cancellationToken)
    {
        db.Publish(new GuestAdopted(guestId, user.Id));
        await db.SaveChangesAsync(cancellationToken);
    }

    public Task<ShopUser?> FindAsync(Guid user) => users.FindByIdAsync($"{user}");

    public Task<bool> IsAdministratorAsync(ShopUser user) => users.IsInRoleAsync(user, VisitorClaims.AdminRole);

    /// <summary>
    /// Gives a role to an account, as the settings want it. All of its sessions end: their cookies say which roles it had.
    /// </summary>
    public async Task<IdentityResult> GiveRoleAsync(ShopUser user, string role)
    {
        db.Send(new RecordAction(ActorId: null, "account.role-given", $"{user.Id}", Detail: role));
        var result = await users.AddToRoleAsync(user, role);

        if (result.Succeeded)
        {
            result = await users.UpdateSecurityStampAsync(user);
            audit.RoleGiven(user.Id, role);
        }

        return result;
    }

    public async Task<Visitor> DescribeAsync(ShopUser user) =>
        new(user.Id, IsGuest: false, user.Name, user.Email, await IsAdministratorAsync(user));

    private async Task<SignInOutcome> CheckAsync(
        ShopUser? user, string address, string password, CancellationToken cancellationToken, bool mustBeConfirmed = true)
    {
        var guess = await guesses.CountAsync(address, user?.Id, cancellationToken);

        if (guess.Wait is { } wait)
        {
            audit.Throttled(user?.Id);
            return SignInOutcome.Throttled(wait);
        }

        // The person who opened the account has not proved yet that the address is theirs. The answer must not show that there is such an
        // account.
        if (!await passwords.IsRightAsync(user, password) || (mustBeConfirmed && !user!.EmailConfirmed))
        {
            audit.SignInFailed(user?.Id);
            return SignInOutcome.Refused;
        }

        await guesses.ForgetAsync(guess, cancellationToken);
        return new SignInOutcome(user);
    }
}
