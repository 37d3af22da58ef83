namespace WebApp.Storefront;

public static class LocalLocations
{
    /// <summary>
    /// Makes redirects to this shop relative. The framework makes them absolute with the header <c>Host</c> of the request, which the
    /// client chose.
    /// </summary>
    public static void UseLocalLocations(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(() =>
        {
            if (Uri.TryCreate(context.Response.Headers.Location, UriKind.Absolute, out var target) && IsHere(target, context.Request))
            {
                // Two slashes at the beginning would make the rest the name of another host.
                context.Response.Headers.Location = "/" + (target.PathAndQuery + target.Fragment).TrimStart('/', '\\');
            }

            return Task.CompletedTask;
        });
        return next(context);
    });

    private static bool IsHere(Uri target, HttpRequest request) =>
        Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out var here) && target.Authority == here.Authority;
}
