using WebApp.Identity.OAuth;

namespace WebApp.Storefront;

/// <summary>Restricts what a browser does with the shop's pages: it loads and calls this shop only.</summary>
public static class SecurityHeaders
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
        "manifest-src 'self'; worker-src 'self'; frame-src 'self'; " +
        "base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    // Styles at the elements only, as in a mail.
    private const string FramedContentPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox";

    // Browsers check the addresses that a form is redirected to as well. After signing in for a program of others, that is its address,
    // which OpenIddict compares with the registered ones.
    private const string FormsToShop = "form-action 'self'";
    private const string FormsToPrograms = "form-action 'self' https: http://localhost:* http://127.0.0.1:*";

    // Set when the response starts: the exception handler clears headers that were set before.
    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            var isFramed = context.GetEndpoint()?.Metadata.GetMetadata<FramedContent>() is not null;
            headers.ContentSecurityPolicy = isFramed ? FramedContentPolicy
                : LeadsToProgram(context.Request) ? ContentSecurityPolicy.Replace(FormsToShop, FormsToPrograms, StringComparison.Ordinal)
                : ContentSecurityPolicy;
            headers.XFrameOptions = isFramed ? "SAMEORIGIN" : "DENY";
            headers["Referrer-Policy"] = HasSecret(context.Request) ? "no-referrer" : "strict-origin-when-cross-origin";
            headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";

            // A program may open the sign-in in a window of its own, and waits for its return. With this header, the browser would report
            // the window as closed.
            if (!LeadsToProgram(context.Request))
            {
                headers["Cross-Origin-Opener-Policy"] = "same-origin";
            }

            return Task.CompletedTask;
        });
        return next(context);
    });

    // The key of an order or the secret of an account, in the link of a mail: the address must not be sent to anyone, not even to this
    // shop's own log.
    private static bool HasSecret(HttpRequest request) => request.Query.ContainsKey("key") || request.Query.ContainsKey("secret");

    private static bool LeadsToProgram(HttpRequest request) => request.Path == "/oauth/consent" || request.Path == OAuthSetup.Authorize
        || ((request.Path.StartsWithSegments("/sign-in", StringComparison.Ordinal) || request.Path == "/confirm-address")
            && OAuthSetup.LeadsToProgram(request.Query["returnUrl"]));
}
