using Contracts.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using WebApp.Identity.Attempts;
using WebApp.Identity.Links;

namespace WebApp.Identity;

/// <summary>
/// A person opens an account. The answer is the same whether the address has one or not; the mail says it, which only the owner of the
/// address reads. The account works once the address is confirmed.
/// </summary>
public sealed class OpenAccount(
    IdentityContext db,
    UserManager<ShopUser> users,
    IPasswordHasher<ShopUser> hasher,
    AccountLinks links,
    MailLimits limits,
    TimeProvider clock,
    IdentityErrorDescriber describer)
{
    /// <summary>How long an account may stay unconfirmed before it is deleted.</summary>
    public static readonly TimeSpan ConfirmWithin = TimeSpan.FromDays(7);

    /// <param name="registration">Must be valid.</param>
    /// <param name="returnUrl">The page to show after the address is confirmed; null for the front page.</param>
    public async Task<AccountOutcome> RunAsync(Registration registration, string? returnUrl, CancellationToken cancellationToken)
    {
        if (await limits.CountClientAsync(cancellationToken) is { } wait)
        {
            return AccountOutcome.Throttled(wait);
        }

        var user = UserOf(registration);

        if (await ValidateAsync(user, registration.Password!) is { Succeeded: false } refused)
        {
            return AccountOutcome.Refused(refused);
        }

        // The hash is what takes time; it is made for every address.
        user.PasswordHash = hasher.HashPassword(user, registration.Password!);
        await SaveAsync(user, returnUrl, cancellationToken);
        return AccountOutcome.Accepted;
    }

    /// <summary>Deletes the accounts whose address was not confirmed in time: another person may want to use it.</summary>
    public Task<int> DeleteUnconfirmedAsync(CancellationToken cancellationToken)
    {
        var oldest = clock.GetUtcNow() - ConfirmWithin;
        return db.Users.Where(user => !user.EmailConfirmed && user.OpenedAt < oldest).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Opens an account whose address needs no confirmation, and publishes that, in one transaction.</summary>
    public async Task<(IdentityResult Result, ShopUser User)> RunConfirmedAsync(
        Registration registration, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var user = UserOf(registration);
        user.EmailConfirmed = true;
        db.Publish(new UserRegistered(user.Id, user.Email!, user.Name));
        IdentityResult result;
        try
        {
            result = await users.CreateAsync(user, registration.Password!);
        }
        catch (DbUpdateException fault) when (IsSimultaneous(fault))
        {
            result = IdentityResult.Failed(describer.DuplicateEmail(user.Email!));
        }

        if (!result.Succeeded)
        {
            // A later save in this request must write neither the account nor its event.
            db.ChangeTracker.Clear();
        }

        return (result, user);
    }

    private async Task SaveAsync(ShopUser user, string? returnUrl, CancellationToken cancellationToken)
    {
        if (!await limits.MayMailAsync(users.NormalizeEmail(user.Email)!, cancellationToken))
        {
            // Nothing changes without a mail: a new stamp would void the link in the last one.
            return;
        }

        var known = await users.FindByEmailAsync(user.Email!);

        if (known is { EmailConfirmed: true })
        {
            db.Send(AccountMails.AlreadyRegistered(known));
            await db.SaveChangesAsync(cancellationToken);
            return;
        }

        if (known is not null)
        {
            // The address is not confirmed yet, so the last request counts. A new stamp voids the link of the request before.
            (known.Name, known.PasswordHash) = (user.Name, user.PasswordHash);
            known.ConcurrencyStamp = $"{Guid.NewGuid()}";
            user = known;
        }
        else
        {
            (user.NormalizedEmail, user.NormalizedUserName) = (users.NormalizeEmail(user.Email), users.NormalizeName(user.UserName));
            db.Add(user);
        }

        user.SecurityStamp = $"{Guid.NewGuid():n}";
        db.Send(AccountMails.ConfirmAddress(user, PathOf(user, returnUrl)));

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException fault) when (IsSimultaneous(fault))
        {
            // Two registrations of one address at the same moment: the mail of the other one is on its way.
            db.ChangeTracker.Clear();
        }
    }

    private static bool IsSimultaneous(DbUpdateException fault) =>
        fault is DbUpdateConcurrencyException || fault.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    private string PathOf(ShopUser user, string? returnUrl)
    {
        var path = links.Make(LinkPurpose.ConfirmAddress, user);
        return returnUrl is null ? path : $"{path}&returnUrl={Uri.EscapeDataString(returnUrl)}";
    }

    private ShopUser UserOf(Registration registration)
    {
        var email = registration.Email!.Trim();
        return new ShopUser
        {
            Id = Guid.CreateVersion7(), UserName = email, Email = email, Name = registration.Name!.Trim(), OpenedAt = clock.GetUtcNow(),
        };
    }

    private async Task<IdentityResult> ValidateAsync(ShopUser user, string password)
    {
        List<IdentityError> faults = [];
        foreach (var validator in users.PasswordValidators)
        {
            faults.AddRange((await validator.ValidateAsync(users, user, password)).Errors);
        }

        return faults.Count == 0 ? IdentityResult.Success : IdentityResult.Failed([.. faults]);
    }
}
