using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace WebApp.Identity;

/// <summary>Brings <c>identitydb</c> up to date and seeds the administrator before anything else starts: the keys of all cookies live there.</summary>
public sealed partial class IdentityDatabase(IServiceScopeFactory scopes, IConfiguration configuration, ILogger<IdentityDatabase> logger)
    : IHostedLifecycleService
{
    public const string AdminEmail = "admin@shop.localhost";

    private const long SeedLock = 0x5348_4f50;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<IdentityContext>().Database;
        await database.MigrateAsync(cancellationToken);

        // Replicas may start together; the lock lets one seed at a time and ends with the connection.
        await database.OpenConnectionAsync(cancellationToken);
        await database.ExecuteSqlAsync($"select pg_advisory_lock({SeedLock})", cancellationToken);

        if (configuration["Admin:Password"] is { Length: > 0 } password)
        {
            await SeedAdminAsync(scope.ServiceProvider, password, cancellationToken);
        }
        else
        {
            LogNoAdmin();
        }

        await database.ExecuteSqlAsync($"select pg_advisory_unlock({SeedLock})", cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task SeedAdminAsync(IServiceProvider services, string password, CancellationToken cancellationToken)
    {
        var users = services.GetRequiredService<UserManager<ShopUser>>();
        var roles = services.GetRequiredService<RoleManager<IdentityRole<Guid>>>();

        if (!await roles.RoleExistsAsync(VisitorClaims.AdminRole))
        {
            await roles.CreateAsync(new IdentityRole<Guid>(VisitorClaims.AdminRole) { Id = Guid.CreateVersion7() });
        }

        var admin = await users.FindByEmailAsync(AdminEmail);

        if (admin is null)
        {
            var (result, opened) = await services.GetRequiredService<Accounts>()
                .OpenAsync(AdminEmail, password, "Administrator", guestId: null, cancellationToken);
            LogIfFailed(result);
            admin = result.Succeeded ? opened : await users.FindByEmailAsync(AdminEmail);
        }
        else if (!await users.CheckPasswordAsync(admin, password))
        {
            // The setting is the truth: whoever may change it may change the password.
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
