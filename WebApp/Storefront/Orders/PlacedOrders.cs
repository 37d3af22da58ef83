using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace WebApp.Storefront.Orders;

/// <summary>
/// Remembers the order that was just sent. It travels to Ordering as a message, so for a moment nobody but this browser and the basket
/// knows of it; its page confirms it all the same.
/// </summary>
public sealed class PlacedOrders(IHttpContextAccessor accessor, IDataProtectionProvider dataProtection)
{
    private const string Cookie = "shop.placed";
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly ITimeLimitedDataProtector _protector = dataProtection.CreateProtector("placed-order").ToTimeLimitedDataProtector();

    public void Remember(Guid orderId) =>
        accessor.HttpContext!.Response.Cookies.Append(Cookie, _protector.Protect(orderId.ToString(), Lifetime), new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = Lifetime,
            SameSite = SameSiteMode.Lax,
            Secure = accessor.HttpContext.Request.IsHttps,
        });

    /// <summary>The next person in this browser is not told of it.</summary>
    public void Forget() => accessor.HttpContext!.Response.Cookies.Delete(Cookie);

    public bool IsJustPlaced(Guid orderId)
    {
        if (accessor.HttpContext?.Request.Cookies[Cookie] is not { } value)
        {
            return false;
        }

        try
        {
            return Guid.TryParse(_protector.Unprotect(value), out var id) && id == orderId;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
