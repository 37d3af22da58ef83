using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using WebApp.Storefront;

namespace WebApp.Identity;

/// <summary>Remembers a guest by a random id. The cookie is encrypted, so that no one else can read or make one.</summary>
public sealed class GuestCookie(IDataProtectionProvider dataProtection)
{
    public const string Name = "shop.guest";

    private readonly IDataProtector _protector = dataProtection.CreateProtector("guest");

    public Guid? Read(HttpRequest request)
    {
        if (!request.Cookies.TryGetValue(Name, out var value))
        {
            return null;
        }

        try
        {
            return Guid.TryParse(_protector.Unprotect(value), out var id) ? id : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public void Write(HttpContext context, Guid id) =>
        context.Response.Cookies.Append(Name, _protector.Protect(id.ToString()), ShopCookie.Options(context, TimeSpan.FromDays(90)));

    public void Delete(HttpContext context) => context.Response.Cookies.Delete(Name, ShopCookie.Options(context));
}
