using Microsoft.AspNetCore.Mvc;
using WebApp.Identity.Sessions;
using WebApp.Storefront;
using WebApp.Storefront.Layout;

namespace WebApp.Identity.Pages;

/// <summary>The buttons of the account page. The form parameter of each makes the framework check the anti-forgery token.</summary>
public static class AccountForms
{
    public static void MapAccountForms(this IEndpointRouteBuilder app)
    {
        app.MapPost("/account/sessions/end", EndAsync).RequireAuthorization();
        app.MapPost("/account/sessions/end-others", EndOthersAsync).RequireAuthorization();
    }

    private static async Task<IResult> EndAsync(
        [FromForm] Guid id, SessionDesk sessions, Flash flash, CancellationToken cancellationToken)
    {
        await sessions.EndAsync(id, cancellationToken);
        flash.Leave(new FlashMessage("That browser is signed out."));
        return LocalRedirects.To("/account");
    }

    private static async Task<IResult> EndOthersAsync(
        [FromForm] IFormCollection form, SessionDesk sessions, Flash flash, CancellationToken cancellationToken)
    {
        await sessions.EndOthersAsync(cancellationToken);
        flash.Leave(new FlashMessage("All other browsers are signed out."));
        return LocalRedirects.To("/account");
    }
}
