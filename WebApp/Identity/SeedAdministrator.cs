using Microsoft.AspNetCore.Identity;
using ServiceDefaults.Migrations;

namespace WebApp.Identity;

/// <summary>
/// Keeps the administrator's account as configured: setting <c>Admin:Password</c> is its password, also after the setting changed.
/// </summary>
public sealed partial class SeedAdministrator(
    UserManager<ShopUser> users,
    RoleManager<IdentityRole<Guid>> roles,
    Accounts accounts,
    IConfiguration configuration,
    ILogger<SeedAdministrator> logger) : ISeed
{
    public const string AdminEmail = "admin@shop.localhost";

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
            var (result, opened) = await accounts.OpenAsync(
                new Registration { Email = AdminEmail, Password = password, Name = "Administrator" }, guestId: null, cancellationToken);
            LogIfFailed(result);
            admin = result.Succeeded ? opened : await users.FindByEmailAsync(AdminEmail);
        }
        else if (!await users.CheckPasswordAsync(admin, password))
        {
            // The setting decides: anyone who can change it may change the password.
            LogIfFailed(await users.ResetPasswordAsync(admin, await users.GeneratePasswordResetTokenAsync(admin), password));
        }

        if (admin is not null && !await users.IsInRoleAsync(admin, VisitorClaims.AdminRole))
        {
            LogIfFailed(await users.AddToRoleAsync(admin, VisitorClaims.AdminRole));
        }
    }

    private void LogIfFailed(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            LogAdminNotSeeded(string.Join(' ', result.Errors.Select(error => error.Description)));
        }
    }
}
