using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using WebApp.Storefront;

namespace WebApp.Identity.SecondFactor;

/// <summary>Remembers for some minutes, in the browser, that the password was right and the code is still missing.</summary>
public sealed class PendingSignIn(IHttpContextAccessor accessor, IDataProtectionProvider dataProtection)
{
    public const string Cookie = "shop.code";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly ITimeLimitedDataProtector _protector = dataProtection.CreateProtector("pending-sign-in").ToTimeLimitedDataProtector();

    private HttpContext Context => accessor.HttpContext!;

    private CookieOptions Options => ShopCookie.Options(Context, Lifetime);

    public void Remember(ShopUser user, bool isRemembered)
    {
        var value = JsonSerializer.Serialize(new Pending(user.Id, user.SecurityStamp!, isRemembered));
        Context.Response.Cookies.Append(Cookie, _protector.Protect(value, Lifetime), Options);
    }

    public Pending? Find()
    {
        try
        {
            return Context.Request.Cookies[Cookie] is { } value ? JsonSerializer.Deserialize<Pending>(_protector.Unprotect(value)) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public void Forget() => Context.Response.Cookies.Delete(Cookie, Options);

    /// <param name="Stamp">The security stamp: the password must not have changed since.</param>
    /// <param name="IsRemembered">Whether the person chose to stay signed in.</param>
    public sealed record Pending(Guid UserId, string Stamp, bool IsRemembered);
}
