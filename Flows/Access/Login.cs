using Flows.Pages;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Flows.Access;

/// <summary>
/// The login link <c>/login?t=…</c>, and the page that explains where to find it. Like that of Aspire's dashboard, the token is valid until
/// the application ends: the link is printed once, and browsers reload it.
/// </summary>
public static class Login
{
    public static void MapLogin(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/login", LogIn).AllowAnonymous();

    private static Results<LocalRedirect, RazorComponentResult<LoginPage>> LogIn(
        HttpContext context, FlowsOptions options, string? t, string? returnUrl)
    {
        var target = IsLocal(returnUrl) ? returnUrl! : "/";
        if (options.BrowserToken is null)
        {
            return new LocalRedirect(target);
        }

        if (Secret.Matches(options.BrowserToken, t))
        {
            context.Response.Cookies.Append(
                BrowserSession.CookieName(context.Request),
                BrowserSession.CookieValue(options.BrowserToken),
                new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, IsEssential = true, MaxAge = TimeSpan.FromDays(3) });
            return new LocalRedirect(target);
        }

        var page = new Dictionary<string, object?>
        {
            [nameof(LoginPage.ReturnUrl)] = target,
            [nameof(LoginPage.WasRefused)] = t is not null,
        };
        return new RazorComponentResult<LoginPage>(page) { StatusCode = StatusCodes.Status401Unauthorized };
    }

    private static bool IsLocal(string? url) =>
        url is ['/'] or ['/', not ('/' or '\\'), ..] && !url.Any(char.IsControl);
}
