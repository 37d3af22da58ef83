namespace WebApp.Storefront;

/// <summary>What all of the shop's own cookies have in common.</summary>
public static class ShopCookie
{
    /// <param name="maxAge">Null: until the browser closes.</param>
    public static CookieOptions Options(HttpContext context, TimeSpan? maxAge = null) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        MaxAge = maxAge,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
    };
}
