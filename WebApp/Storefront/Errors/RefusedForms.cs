using Microsoft.AspNetCore.Antiforgery;

namespace WebApp.Storefront.Errors;

/// <summary>
/// Forms whose anti-forgery token does not fit the request, most often because the visitor signed in or out in another tab.
/// </summary>
public static class RefusedForms
{
    private static readonly object Refused = new();

    /// <summary>Answers them with the page of status 400, before anything acts on the form.</summary>
    public static void UseRefusedForms(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false } refused)
        {
            return next(context);
        }

        // The response becomes the page of status 400. It reads the form, which the framework refuses while the feature is set.
        context.Features.Set<IAntiforgeryValidationFeature>(null);
        context.Response.StatusCode = StatusOf(refused.Error);
        context.Items[Refused] = context.Response.StatusCode is StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    });

    public static bool IsFormRefused(this HttpContext context) => context.Items[Refused] is true;

    /// <summary>
    /// Whether a page of this shop sent the form. Only then may its content be offered again: another site could fill it in for the
    /// visitor.
    /// </summary>
    public static bool IsFormOfThisShop(this HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin"
        && (request.Headers.Origin.ToString() is not { Length: > 0 } origin || IsThisShop(origin, request.Host));

    // A form that is too large has no token, because it could not be read.
    private static int StatusOf(Exception? error) =>
        error?.GetBaseException() is BadHttpRequestException unreadable ? unreadable.StatusCode : StatusCodes.Status400BadRequest;

    private static bool IsThisShop(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority == host.Value;
}
