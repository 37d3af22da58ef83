using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace WebApp.Storefront.Orders;

/// <summary>
/// Remembers the order that was just placed. Ordering receives it as a message and may not have it yet when its page is shown; the page
/// confirms it nevertheless.
/// </summary>
public sealed class PlacedOrders(IHttpContextAccessor accessor, IDataProtectionProvider dataProtection)
{
    private const string Cookie = "shop.placed";
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly ITimeLimitedDataProtector _protector = dataProtection.CreateProtector("placed-order").ToTimeLimitedDataProtector();

    private HttpContext Context => accessor.HttpContext!;

    public void Remember(Guid orderId) => Context.Response.Cookies.Append(
        Cookie, _protector.Protect(orderId.ToString(), Lifetime), ShopCookie.Options(Context, Lifetime));

    /// <summary>At sign-out: the next person in this browser must not see the order.</summary>
    public void Forget() => Context.Response.Cookies.Delete(Cookie);

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
