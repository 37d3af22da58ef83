namespace WebApp.Storefront;

/// <summary>Sends the browser on after a form, to a page of the shop and nowhere else.</summary>
public static class LocalRedirects
{
    public static string Safe(string? returnUrl, string fallback = "/") =>
        returnUrl is ['/', ..] and not (['/', '/', ..] or ['/', '\\', ..]) && !returnUrl.Any(char.IsControl) ? returnUrl : fallback;

    public static IResult To(string? returnUrl, string fallback = "/") => TypedResults.LocalRedirect(Safe(returnUrl, fallback));
}
