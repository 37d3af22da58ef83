namespace WebApp.Storefront;

/// <summary>Redirects the browser after a form, only to pages of the shop.</summary>
public static class LocalRedirects
{
    /// <summary>
    /// <paramref name="returnUrl"/> when it is a path of this shop, else <paramref name="fallback"/>. Characters beyond ASCII are
    /// percent-encoded: a response header cannot carry them.
    /// </summary>
    public static string Safe(string? returnUrl, string fallback = "/") => IsLocal(returnUrl) ? Encode(returnUrl!) : fallback;

    public static IResult To(string? returnUrl, string fallback = "/") => TypedResults.LocalRedirect(Safe(returnUrl, fallback));

    private static bool IsLocal(string? url) => url is ['/'] or ['/', not ('/' or '\\'), ..] && !url.Any(char.IsControl);

    // Not Uri: it also resolves "..", and "/..//example.com" would become the address of another host.
    private static string Encode(string path) =>
        string.Concat(path.EnumerateRunes().Select(rune => rune.IsAscii ? rune.ToString() : Uri.EscapeDataString(rune.ToString())));
}
