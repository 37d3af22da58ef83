using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace WebApp.Identity.Links;

/// <summary>
/// Makes and reads the secrets of links in mails. A secret is encrypted and not stored anywhere; it ends with its time, and with the
/// account's security stamp, which each use of a link changes: so it works once.
/// </summary>
public sealed class AccountLinks(IDataProtectionProvider dataProtection, UserManager<ShopUser> users, TimeProvider clock)
{
    private const int LongestSecret = 2000;

    /// <param name="email">The new address, for <see cref="LinkPurpose.ChangeEmail"/>.</param>
    /// <returns>The path of the page that the link opens, with the secret.</returns>
    public string Make(LinkPurpose purpose, ShopUser user, string? email = null)
    {
        var link = new AccountLink(user.Id, user.SecurityStamp!, clock.GetUtcNow() + LifetimeOf(purpose), email);
        return $"{PageOf(purpose)}?secret={ProtectorOf(purpose).Protect(JsonSerializer.Serialize(link))}";
    }

    /// <summary>Null if the link is none of this purpose, has ended or was used.</summary>
    public async Task<(ShopUser User, AccountLink Link)?> FindAsync(LinkPurpose purpose, string? secret) =>
        Read(purpose, secret) is { } link
        && link.ExpiresAt > clock.GetUtcNow()
        && await users.FindByIdAsync($"{link.UserId}") is { } user
        && user.SecurityStamp == link.Stamp
            ? (user, link)
            : null;

    private AccountLink? Read(LinkPurpose purpose, string? secret)
    {
        try
        {
            return secret is { Length: > 0 and <= LongestSecret }
                ? JsonSerializer.Deserialize<AccountLink>(ProtectorOf(purpose).Unprotect(secret))
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector ProtectorOf(LinkPurpose purpose) => dataProtection.CreateProtector("account-link", $"{purpose}");

    private static TimeSpan LifetimeOf(LinkPurpose purpose) =>
        purpose is LinkPurpose.ResetPassword ? TimeSpan.FromHours(1) : TimeSpan.FromDays(2);

    private static string PageOf(LinkPurpose purpose) => purpose switch
    {
        LinkPurpose.ConfirmAddress => "/confirm-address",
        LinkPurpose.ResetPassword => "/reset-password",
        _ => "/confirm-email",
    };
}
