using Contracts.Audit;
using Microsoft.AspNetCore.Identity;
using ServiceDefaults.Migrations;
using WebApp.Identity.SecondFactor;

namespace WebApp.Identity;

/// <summary>
/// Opens the administrator's account. Setting <c>Admin:Password</c> is its password at first, and again whenever the setting changes.
/// </summary>
public sealed partial class SeedAdministrator(
    IdentityContext db,
    UserManager<ShopUser> users,
    RoleManager<IdentityRole<Guid>> roles,
    IPasswordHasher<ShopUser> hasher,
    OpenAccount opening,
    Accounts accounts,
    ChangeSecondFactor secondFactor,
    SecurityAudit audit,
    IConfiguration configuration,
    ILogger<SeedAdministrator> logger) : ISeed
{
    public const string AdminEmail = "admin@shop.localhost";

    private const string Settings = "Settings";
    private const string AppliedPassword = "Admin:Password";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (configuration["Admin:Password"] is not { Length: > 0 } password)
        {
            LogNoAdmin();
            return;
        }

        if (!await roles.RoleExistsAsync(VisitorClaims.AdminRole))
        {
            await roles.CreateAsync(new IdentityRole<Guid>(VisitorClaims.AdminRole) { Id = Guid.CreateVersion7() });
        }

        var admin = await users.FindByEmailAsync(AdminEmail);

        if (admin is null)
        {
            var (result, opened) = await opening.RunConfirmedAsync(
                new Registration { Email = AdminEmail, Password = password, Name = "Administrator" }, cancellationToken);
            LogIfFailed(result);
            admin = result.Succeeded ? opened : await users.FindByEmailAsync(AdminEmail);
        }

        if (admin is not null)
        {
            await ApplyPasswordAsync(admin, password);
        }

        if (admin is { TwoFactorEnabled: true } && configuration.GetValue<bool>("Admin:RemoveSecondFactor"))
        {
            // For an owner who lost the device; anyone who can change the settings may do it.
            LogSecondFactorRemoved();
            db.Send(new RecordAction(ActorId: null, "account.second-factor-removed", $"{admin.Id}"));
            await secondFactor.RemoveAsync(admin);
        }

        if (admin is not null && !await users.IsInRoleAsync(admin, VisitorClaims.AdminRole))
        {
            LogIfFailed(await accounts.GiveRoleAsync(admin, VisitorClaims.AdminRole));
        }
    }

    // A setting that changed decides: anyone who can change it may change the password. An unchanged one leaves the account alone: the
    // administrator may have changed the password on the account page since.
    private async Task ApplyPasswordAsync(ShopUser admin, string password)
    {
        if (await users.GetAuthenticationTokenAsync(admin, Settings, AppliedPassword) is { } applied
            && hasher.VerifyHashedPassword(admin, applied, password) is not PasswordVerificationResult.Failed)
        {
            return;
        }

        if (!await users.CheckPasswordAsync(admin, password))
        {
            var result = await users.ResetPasswordAsync(admin, await users.GeneratePasswordResetTokenAsync(admin), password);
            LogIfFailed(result);

            if (!result.Succeeded)
            {
                return;
            }

            audit.PasswordChanged(admin.Id);
        }

        await users.SetAuthenticationTokenAsync(admin, Settings, AppliedPassword, hasher.HashPassword(admin, password));
    }

    private void LogIfFailed(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            LogAdminNotSeeded(string.Join(' ', result.Errors.Select(error => error.Description)));
        }
    }
}
