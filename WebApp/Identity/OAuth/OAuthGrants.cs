using Microsoft.EntityFrameworkCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using Grant = OpenIddict.EntityFrameworkCore.Models.OpenIddictEntityFrameworkCoreAuthorization<System.Guid>;
using Token = OpenIddict.EntityFrameworkCore.Models.OpenIddictEntityFrameworkCoreToken<System.Guid>;

namespace WebApp.Identity.OAuth;

/// <summary>
/// Deletes what OpenIddict stores of codes, tokens and grants. It keeps a row for each; without this, every token that was ever issued
/// would stay in the database.
/// </summary>
public sealed class OAuthGrants(IdentityContext db, TimeProvider clock)
{
    /// <summary>Deletes tokens that have expired, and grants that only belonged to them. What people agreed to stays.</summary>
    public async Task DeleteOldAsync(CancellationToken cancellationToken)
    {
        // No token lives longer than a refresh token.
        var oldest = (clock.GetUtcNow() - OAuthSetup.RefreshTokenLifetime).UtcDateTime;
        await db.Set<Token>().Where(token => token.CreationDate < oldest).ExecuteDeleteAsync(cancellationToken);
        await db.Set<Grant>()
            .Where(grant => grant.CreationDate < oldest && grant.Type == AuthorizationTypes.AdHoc && !grant.Tokens.Any())
            .ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Deletes all that belongs to an account, with the next save of the context.</summary>
    public async Task ForgetAsync(ShopUser user, CancellationToken cancellationToken)
    {
        var subject = $"{user.Id}";
        db.RemoveRange(await db.Set<Token>().Where(token => token.Subject == subject).ToListAsync(cancellationToken));
        db.RemoveRange(await db.Set<Grant>().Where(grant => grant.Subject == subject).ToListAsync(cancellationToken));
    }
}
