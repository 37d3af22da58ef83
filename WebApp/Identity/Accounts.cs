using Contracts.Identity;
using EventBus;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace WebApp.Identity;

/// <summary>Opens accounts and checks passwords, for the pages and for the token endpoints.</summary>
public sealed class Accounts(IdentityContext db, UserManager<ShopUser> users, IdentityErrorDescriber describer)
{
    // They travel with every request of the person, in the cookie and in tokens.
    private const int MostGuests = 20;

    /// <summary>Opens an account and tells the other services, in one transaction.</summary>
    /// <param name="guestId">Who the person was in the shop until now.</param>
    public async Task<(IdentityResult Result, ShopUser User)> OpenAsync(
        string email, string password, string name, Guid? guestId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var user = new ShopUser { Id = Guid.CreateVersion7(), UserName = email.Trim(), Email = email.Trim(), Name = name.Trim() };
        db.Publish(new UserRegistered(user.Id, user.Email, user.Name));

        if (guestId is { } guest)
        {
            db.Publish(new GuestAdopted(guest, user.Id));
        }

        var result = await CreateAsync(user, password);

        if (!result.Succeeded)
        {
            // Neither the account nor its announcement may leave with a later save of this request.
            db.ChangeTracker.Clear();
        }

        return (result, user);
    }

    /// <summary>The user, if the password is right. Too many wrong ones lock the account for a while.</summary>
    public async Task<SignInOutcome> CheckAsync(string email, string password)
    {
        var user = await users.FindByEmailAsync(email.Trim());

        if (user is null)
        {
            return SignInOutcome.Refused;
        }

        if (await users.IsLockedOutAsync(user))
        {
            return SignInOutcome.Locked;
        }

        if (await users.CheckPasswordAsync(user, password))
        {
            await users.ResetAccessFailedCountAsync(user);
            return new SignInOutcome(user, IsLockedOut: false);
        }

        await users.AccessFailedAsync(user);
        return await users.IsLockedOutAsync(user) ? SignInOutcome.Locked : SignInOutcome.Refused;
    }

    /// <summary>
    /// Writes down that this person was that guest, among the claims that every sign-in gets: what they ordered as a guest stays theirs, in any
    /// browser, while the next guest of this one is somebody else.
    /// </summary>
    public async Task AdoptAsync(ShopUser user, Guid guestId, CancellationToken cancellationToken)
    {
        var adopted = await GuestsOf(user).ToListAsync(cancellationToken);

        if (adopted.All(claim => claim.ClaimValue != guestId.ToString()))
        {
            db.UserClaims.RemoveRange(adopted.Skip(MostGuests - 1));
            db.Publish(new GuestAdopted(guestId, user.Id));
            db.UserClaims.Add(new() { UserId = user.Id, ClaimType = VisitorClaims.GuestId, ClaimValue = guestId.ToString() });
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    /// <param name="guestId">Who the caller was until now, when that is not written down.</param>
    public async Task<Visitor> DescribeAsync(ShopUser user, Guid? guestId, CancellationToken cancellationToken)
    {
        var adopted = await GuestsOf(user).Select(claim => claim.ClaimValue!).ToListAsync(cancellationToken);
        IEnumerable<Guid> current = guestId is { } id ? [id] : [];
        var isAdmin = await users.IsInRoleAsync(user, VisitorClaims.AdminRole);

        return new Visitor(user.Id, IsGuest: false, user.Name, user.Email, isAdmin)
        {
            GuestIds = [.. current.Concat(adopted.Select(Guid.Parse)).Distinct()],
        };
    }

    private IQueryable<IdentityUserClaim<Guid>> GuestsOf(ShopUser user) => db.UserClaims
        .Where(claim => claim.UserId == user.Id && claim.ClaimType == VisitorClaims.GuestId)
        .OrderByDescending(claim => claim.Id);

    private async Task<IdentityResult> CreateAsync(ShopUser user, string password)
    {
        try
        {
            return await users.CreateAsync(user, password);
        }
        catch (DbUpdateException fault) when (fault.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // Two registrations of one address at the same moment: both passed the check, the database let one in.
            return IdentityResult.Failed(describer.DuplicateEmail(user.Email!));
        }
    }
}

/// <summary>What came of a sign-in: the user, or none and whether waiting helps.</summary>
public sealed record SignInOutcome(ShopUser? User, bool IsLockedOut)
{
    public static readonly SignInOutcome Refused = new(null, IsLockedOut: false);
    public static readonly SignInOutcome Locked = new(null, IsLockedOut: true);
}
