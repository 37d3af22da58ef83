using Contracts.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using WebApp.Identity.Attempts;

namespace WebApp.Identity;

/// <summary>Opens accounts and checks passwords, for the pages and for the API.</summary>
public sealed class Accounts(
    IdentityContext db,
    UserManager<ShopUser> users,
    PasswordCheck passwords,
    GuessLimits guesses,
    SecurityAudit audit,
    IdentityErrorDescriber describer)
{
    /// <summary>Opens an account and publishes that, in one transaction.</summary>
    /// <param name="registration">Must be valid.</param>
    /// <param name="guestId">The guest that the person was until now; null when they had none.</param>
    public async Task<(IdentityResult Result, ShopUser User)> OpenAsync(
        Registration registration, Guid? guestId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var email = registration.Email!.Trim();
        var user = new ShopUser { Id = Guid.CreateVersion7(), UserName = email, Email = email, Name = registration.Name!.Trim() };
        db.Publish(new UserRegistered(user.Id, user.Email, user.Name));

        if (guestId is { } guest)
        {
            db.Publish(new GuestAdopted(guest, user.Id));
        }

        var result = await CreateAsync(user, registration.Password!);

        if (!result.Succeeded)
        {
            // A later save in this request must write neither the account nor its events.
            db.ChangeTracker.Clear();
        }

        return (result, user);
    }

    /// <summary>Opens an account for somebody, unless this client has tried too many addresses that have one already.</summary>
    /// <inheritdoc cref="OpenAsync"/>
    public async Task<AccountOutcome> RegisterAsync(Registration registration, Guid? guestId, CancellationToken cancellationToken)
    {
        var guess = await guesses.CountAddressAsync(cancellationToken);

        if (guess.Wait is { } wait)
        {
            audit.RegistrationThrottled();
            return AccountOutcome.Throttled(wait);
        }

        var (result, user) = await OpenAsync(registration, guestId, cancellationToken);

        if (!AccountErrors.IsTaken(result))
        {
            await guesses.ForgetAsync(guess, cancellationToken);
        }

        if (!result.Succeeded)
        {
            return AccountOutcome.Refused(result);
        }

        audit.Registered(user.Id);
        return new AccountOutcome(user);
    }

    /// <summary>Checks a password, unless this client has guessed too often.</summary>
    /// <param name="credentials">Must be valid.</param>
    public async Task<SignInOutcome> CheckAsync(Credentials credentials, CancellationToken cancellationToken)
    {
        var email = credentials.Email!.Trim();
        return await CheckAsync(
            await users.FindByEmailAsync(email), users.NormalizeEmail(email)!, credentials.Password!, cancellationToken);
    }

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

    /// <summary>Gives a role to an account. All of its sessions end: their cookies say which roles it had.</summary>
    public async Task<IdentityResult> GiveRoleAsync(ShopUser user, string role)
    {
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
        ShopUser? user, string address, string password, CancellationToken cancellationToken)
    {
        var guess = await guesses.CountAsync(address, user?.Id, cancellationToken);

        if (guess.Wait is { } wait)
        {
            audit.Throttled(user?.Id);
            return SignInOutcome.Throttled(wait);
        }

        if (!await passwords.IsRightAsync(user, password))
        {
            audit.SignInFailed(user?.Id);
            return SignInOutcome.Refused;
        }

        await guesses.ForgetAsync(guess, cancellationToken);
        return new SignInOutcome(user);
    }

    private async Task<IdentityResult> CreateAsync(ShopUser user, string password)
    {
        try
        {
            return await users.CreateAsync(user, password);
        }
        catch (DbUpdateException fault) when (fault.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // Two registrations of one address at the same moment: both passed the check, and the database refused the second.
            return IdentityResult.Failed(describer.DuplicateEmail(user.Email!));
        }
    }
}
