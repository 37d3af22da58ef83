using Microsoft.AspNetCore.Mvc;

namespace WebApp.Storefront.Layout;

/// <summary>
/// Light, dark, or the theme of the system. The choice is a cookie: the first response is right already, without a script.
/// </summary>
public sealed class ThemeChoice(IHttpContextAccessor accessor)
{
    public const string System = "system";

    private const string Cookie = "shop.theme";

    public static readonly IReadOnlyList<(string Theme, string Label)> All = [("light", "Light"), ("dark", "Dark"), (System, "System")];

    /// <summary>Null when the system decides.</summary>
    public string? Current =>
        accessor.HttpContext?.Request.Cookies[Cookie] is "light" or "dark" ? accessor.HttpContext.Request.Cookies[Cookie] : null;

    public static IResult Choose([FromForm] string theme, [FromForm] string? returnUrl, HttpContext context)
    {
        if (All.Any(known => known.Theme == theme))
        {
            context.Response.Cookies.Append(Cookie, theme, ShopCookie.Options(context, TimeSpan.FromDays(365)));
        }

        return LocalRedirects.To(returnUrl);
    }
}
