namespace WebApp.Storefront;

/// <summary>
/// Gives the shop's cookies the prefix <c>__Host-</c> on HTTPS. A browser accepts such a cookie only from this host over HTTPS, so no other
/// host of the domain and no attacker in the network can set one. Without HTTPS, in development, browsers refuse the prefix.
/// </summary>
public static class HostCookies
{
    private const string Own = "shop.";
    private const string Prefix = "__Host-";

    /// <summary>Renames the cookies at the edge, before anything reads them; all other code knows the plain names.</summary>
    public static void UseHostCookies(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Request.IsHttps)
        {
            var received = context.Request.Headers.Cookie.ToString().Split(';', StringSplitOptions.TrimEntries);
            context.Request.Headers.Cookie = string.Join("; ", received.Where(IsTrusted).Select(WithoutPrefix));
            context.Response.OnStarting(() =>
            {
                context.Response.Headers.SetCookie = context.Response.Headers.SetCookie.Select(Sent).ToArray();
                return Task.CompletedTask;
            });
        }

        return next(context);
    });

    // Another host of the domain may have set a cookie with a plain name.
    private static bool IsTrusted(string cookie) => !cookie.StartsWith(Own, StringComparison.Ordinal);

    private static string WithoutPrefix(string cookie) =>
        cookie.StartsWith(Prefix + Own, StringComparison.Ordinal) ? cookie[Prefix.Length..] : cookie;

    private static string? Sent(string? cookie)
    {
        if (cookie?.StartsWith(Own, StringComparison.Ordinal) is not true)
        {
            return cookie;
        }

        // A browser ignores a cookie with this prefix unless it is secure and for the whole host; deleting one is setting it, too.
        return cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase) ? $"{Prefix}{cookie}" : $"{Prefix}{cookie}; secure";
    }
}
