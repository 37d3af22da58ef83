using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace WebApp.Storefront.Layout;

/// <summary>A message for the next page. A short-lived cookie carries it over the redirect.</summary>
public sealed class Flash(IHttpContextAccessor accessor, IDataProtectionProvider dataProtection)
{
    private const string Cookie = "shop.flash";

    private readonly ITimeLimitedDataProtector _protector = dataProtection.CreateProtector("flash").ToTimeLimitedDataProtector();

    private HttpContext Context => accessor.HttpContext!;

    public void Leave(FlashMessage message)
    {
        var value = _protector.Protect(JsonSerializer.Serialize(message), TimeSpan.FromMinutes(5));
        Context.Response.Cookies.Append(Cookie, value, ShopCookie.Options(Context));
    }

    public FlashMessage? Take()
    {
        if (!Context.Request.Cookies.TryGetValue(Cookie, out var value))
        {
            return null;
        }

        Context.Response.Cookies.Delete(Cookie);

        try
        {
            return JsonSerializer.Deserialize<FlashMessage>(_protector.Unprotect(value));
        }
        catch (Exception fault) when (fault is CryptographicException or JsonException)
        {
            return null;
        }
    }
}
