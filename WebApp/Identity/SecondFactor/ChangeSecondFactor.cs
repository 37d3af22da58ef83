using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using ServiceDefaults.Text;
using WebApp.Identity.Sessions;

namespace WebApp.Identity.SecondFactor;

/// <summary>
/// Turns the second factor of an account on and off. Each changes the account's security stamp, so only the session that did it goes on.
/// </summary>
public sealed class ChangeSecondFactor(
    UserManager<ShopUser> users,
    IUserStore<ShopUser> store,
    Accounts accounts,
    SecondFactorCodes codes,
    SessionStore sessions,
    SecurityAudit audit)
{
    private const int RecoveryCodes = 10;

    public async Task<ShopUser> FindAsync(ClaimsPrincipal visitor) => (await users.FindByIdAsync($"{visitor.GetVisitorId()}"))!;

    /// <summary>Makes a key for an account whose second factor is off. A key that was shown before may be known to somebody else.</summary>
    public async Task<SecondFactorKey> MakeKeyAsync(ShopUser user, CancellationToken cancellationToken)
    {
        // Not users.ResetAuthenticatorKeyAsync: it would end all sessions, only because somebody looked at the page.
        var key = users.GenerateNewAuthenticatorKey();
        await ((IUserAuthenticatorKeyStore<ShopUser>)store).SetAuthenticatorKeyAsync(user, key, cancellationToken);
        await users.UpdateAsync(user);
        return new SecondFactorKey(key, user.Email!);
    }

    /// <summary>The key that was made last; null when there is none.</summary>
    public async Task<SecondFactorKey?> FindKeyAsync(ShopUser user) =>
        await users.GetAuthenticatorKeyAsync(user) is { } key ? new SecondFactorKey(key, user.Email!) : null;

    public Task<int> CountRecoveryCodesAsync(ShopUser user) => users.CountRecoveryCodesAsync(user);

    /// <summary>The password is required as well: somebody at another person's open browser must not lock them out.</summary>
    /// <param name="visitor">Must have signed in.</param>
    /// <param name="form">Must be valid.</param>
    public async Task<SecondFactorOutcome> TurnOnAsync(ClaimsPrincipal visitor, Form form, CancellationToken cancellationToken)
    {
        var user = await FindAsync(visitor);

        var password = await accounts.CheckPasswordAsync(user, form.Password!, cancellationToken);

        if (password.User is null)
        {
            return password.Wait is { } wait ? SecondFactorOutcome.Throttled(wait) : SecondFactorOutcome.WrongPassword;
        }

        if (await codes.CheckAppAsync(user, form.Code!, cancellationToken) is { IsDone: false } wrong)
        {
            return wrong;
        }

        await users.SetTwoFactorEnabledAsync(user, enabled: true);
        var outcome = await RenewAsync(user);
        await sessions.KeepAsync(visitor.GetSessionId()!.Value, user, cancellationToken);
        audit.SecondFactorEnrolled(user.Id);
        return outcome;
    }

    public async Task<SecondFactorOutcome> RenewRecoveryCodesAsync(
        ClaimsPrincipal visitor, string code, CancellationToken cancellationToken)
    {
        var user = await FindAsync(visitor);

        if (await codes.CheckAsync(user, code, cancellationToken) is { IsDone: false } wrong)
        {
            return wrong;
        }

        audit.RecoveryCodesRenewed(user.Id);
        return await RenewAsync(user);
    }

    public async Task<SecondFactorOutcome> TurnOffAsync(ClaimsPrincipal visitor, string code, CancellationToken cancellationToken)
    {
        var user = await FindAsync(visitor);
        var outcome = await codes.CheckAsync(user, code, cancellationToken);

        if (outcome.IsDone)
        {
            await RemoveAsync(user);
            await sessions.KeepAsync(visitor.GetSessionId()!.Value, user, cancellationToken);
        }

        return outcome;
    }

    /// <summary>Without a code, for an owner who lost it. The key and all sessions of the account are void.</summary>
    public async Task RemoveAsync(ShopUser user)
    {
        await users.SetTwoFactorEnabledAsync(user, enabled: false);
        await users.ResetAuthenticatorKeyAsync(user);
        audit.SecondFactorRemoved(user.Id);
    }

    private async Task<SecondFactorOutcome> RenewAsync(ShopUser user) =>
        new() { RecoveryCodes = [.. (await users.GenerateNewTwoFactorRecoveryCodesAsync(user, RecoveryCodes))!] };

    public sealed class Form
    {
        [Required(ErrorMessage = "Enter your password."),
        MaxLength(Credentials.PasswordMaxLength, ErrorMessage = "Use at most {1} characters."), PlainText]
        public string? Password { get; set; }

        [Required(ErrorMessage = "Enter the code that the app shows."),
        MaxLength(SecondFactorCodes.MaxLength, ErrorMessage = "Use at most {1} characters."), PlainText]
        public string? Code { get; set; }
    }
}
