using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using ServiceDefaults.Api;
using WebApp.Identity.SecondFactor;

namespace WebApp.Identity.Sessions;

/// <summary>Accepts a sign-in cookie only while its session lasts.</summary>
public sealed class SessionCookie(SessionStore sessions, IOptions<SecondFactorOptions> rules, IOptions<StoreOutage> outage)
    : CookieAuthenticationEvents
{
    private static readonly object Outage = new();

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        if (IgnoresVisitor.IsSetOn(context.HttpContext.GetEndpoint()))
        {
            context.RejectPrincipal();
            return;
        }

        try
        {
            // The page of an error is a second run of the same request; it does not wait for the database again.
            if (!context.HttpContext.Items.ContainsKey(Outage))
            {
                await CheckAsync(context);
                return;
            }
        }
        catch (Exception fault) when (outage.Value.IsCauseOf(fault))
        {
            context.HttpContext.Items[Outage] = true;
        }

        context.ReplacePrincipal(context.Principal!.AsUnchecked());
    }

    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        // After the sign-in, an address that only takes forms would be opened as a page. The page with the form is opened instead.
        if (TakesFormsOnly(context.HttpContext.GetEndpoint()))
        {
            context.RedirectUri = PageBefore(context.Request) is { } page
                ? $"{context.Options.LoginPath}?{context.Options.ReturnUrlParameter}={Uri.EscapeDataString(page)}"
                : context.Options.LoginPath;
        }

        return base.RedirectToLogin(context);
    }

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (context.HttpContext.User.MustEnrol())
        {
            var (request, page) = (context.Request, "/account/second-factor");
            context.RedirectUri = HttpMethods.IsGet(request.Method)
                ? $"{page}?returnUrl={Uri.EscapeDataString(request.Path + request.QueryString)}"
                : page;
        }

        return base.RedirectToAccessDenied(context);
    }

    private static bool TakesFormsOnly(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains(HttpMethods.Get) is false;

    private static string? PageBefore(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out var page) && page.Authority == request.Host.Value
            ? page.PathAndQuery
            : null;

    private async Task CheckAsync(CookieValidatePrincipalContext context)
    {
        var (user, stop) = (context.Principal!, context.HttpContext.RequestAborted);
        if (user.GetSessionId() is not { } id || await sessions.UseAsync(user.GetVisitorId(), id, stop) is not { } hasSecondFactor)
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
        }
        else if (!hasSecondFactor && rules.Value.RequireSecondFactor && user.HasClaim(VisitorClaims.Role, VisitorClaims.AdminRole))
        {
            context.ReplacePrincipal(user.AsNotEnrolled());
        }
    }
}
