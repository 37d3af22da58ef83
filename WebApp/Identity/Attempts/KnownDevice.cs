using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using WebApp.Storefront;

namespace WebApp.Identity.Attempts;

/// <summary>
/// Remembers in the browser which accounts have signed in with it. Guesses from elsewhere do not count against this browser, so they cannot
/// lock the owner out.
/// </summary>
public sealed class KnownDevice(IHttpContextAccessor accessor, IDataProtectionProvider dataProtection)
{
    public const string Cookie = "shop.device";

    private const int MostAccounts = 5;
    private const char Separator = ' ';

    private readonly IDataProtector _protector = dataProtection.CreateProtector("device");

    private HttpContext Context => accessor.HttpContext!;

    /// <summary>The id of the browser; null when this user has not signed in with it.</summary>
    public string? IdFor(Guid user) => Read() is [var device, .. var users] && users.Contains($"{user}") ? device : null;

    /// <summary>Call it only after the user has proved who they are.</summary>
    public void Remember(Guid user)
    {
        var (device, known) = Read() is [var id, .. var users] ? (id, users) : ($"{Guid.NewGuid()}", []);
        var kept = known.Where(other => other != $"{user}").Take(MostAccounts - 1);
        var value = _protector.Protect(string.Join(Separator, [device, $"{user}", .. kept]));
        Context.Response.Cookies.Append(Cookie, value, ShopCookie.Options(Context, TimeSpan.FromDays(180)));
    }

    private string[] Read()
    {
        try
        {
            return Context.Request.Cookies[Cookie] is { } value ? _protector.Unprotect(value).Split(Separator) : [];
        }
        catch (CryptographicException)
        {
            return [];
        }
    }
}
