using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace WebApp.Storefront.Orders;

/// <summary>
/// Remembers in the browser the keys of orders that it may see without being their buyer: it was opened by the link in a mail, or by number
/// and e-mail address. Ordering checks the key again with each request.
/// </summary>
public sealed class OrderKeys(IHttpContextAccessor accessor, IDataProtectionProvider dataProtection)
{
    public const string Cookie = "shop.orders";

    private const int MostOrders = 20;
    private const char BetweenOrders = ';';
    private const char BetweenIdAndKey = ' ';
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    private readonly ITimeLimitedDataProtector _protector = dataProtection.CreateProtector("order-keys").ToTimeLimitedDataProtector();

    private HttpContext Context => accessor.HttpContext!;

    /// <summary>Null when this browser has no key for the order.</summary>
    public string? Find(Guid orderId) => Read().FirstOrDefault(kept => kept.Id == orderId).Key;

    public void Remember(Guid orderId, string key)
    {
        var kept = Read().Where(other => other.Id != orderId).Prepend((Id: orderId, Key: key)).Take(MostOrders);
        var text = string.Join(BetweenOrders, kept.Select(order => $"{order.Id:n}{BetweenIdAndKey}{order.Key}"));
        Context.Response.Cookies.Append(Cookie, _protector.Protect(text, Lifetime), ShopCookie.Options(Context, Lifetime));
    }

    /// <summary>At sign-out: the next person in this browser must not see the orders.</summary>
    public void Forget() => Context.Response.Cookies.Delete(Cookie);

    private List<(Guid Id, string Key)> Read()
    {
        if (Context.Request.Cookies[Cookie] is not { } value)
        {
            return [];
        }

        try
        {
            return [.. _protector.Unprotect(value).Split(BetweenOrders).Select(order => order.Split(BetweenIdAndKey))
                .Select(order => (Guid.Parse(order[0]), order[1]))];
        }
        catch (CryptographicException)
        {
            return [];
        }
    }
}
