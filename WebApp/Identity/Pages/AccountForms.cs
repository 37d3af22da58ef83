using Microsoft.AspNetCore.Mvc;
using WebApp.Identity.Addresses;
using WebApp.Identity.Profile;
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
        app.MapPost("/account/addresses/default", MakeDefaultAsync).RequireAuthorization();
        app.MapPost("/account/addresses/delete", DeleteAddressAsync).RequireAuthorization();
        app.MapGet("/account/export", ExportData.HandleAsync).RequireAuthorization();
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

    private static async Task<IResult> MakeDefaultAsync(
        [FromForm] Guid id, SavedAddresses addresses, CurrentVisitor current, CancellationToken cancellationToken)
    {
        await addresses.MakeDefaultAsync(current.Find()!.Id, id, cancellationToken);
        return LocalRedirects.To("/account/addresses");
    }

    private static async Task<IResult> DeleteAddressAsync(
        [FromForm] Guid id, SavedAddresses addresses, CurrentVisitor current, Flash flash, CancellationToken cancellationToken)
    {
        await addresses.DeleteAsync(current.Find()!.Id, id, cancellationToken);
        flash.Leave(new FlashMessage("The address is deleted."));
        return LocalRedirects.To("/account/addresses");
    }
}
