using Microsoft.AspNetCore.Mvc;
using WebApp.Storefront;
using WebApp.Storefront.Layout;
using WebApp.Storefront.Orders;

namespace WebApp.Identity.Pages;

public static class SignOut
{
    /// <param name="form">Not used: a form parameter makes the framework check the anti-forgery token.</param>
    public static async Task<IResult> HandleAsync(
        [FromForm] IFormCollection form, SignInDesk desk, PlacedOrders placed, OrderKeys keys, Flash flash,
        CancellationToken cancellationToken)
    {
        await desk.SignOutAsync(cancellationToken);
        placed.Forget();
        keys.Forget();
        flash.Leave(new FlashMessage("You are signed out."));
        return LocalRedirects.To("/");
    }
}
