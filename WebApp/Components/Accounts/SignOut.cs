using Microsoft.AspNetCore.Mvc;
using WebApp.Components.Layout;
using WebApp.Components.Orders;
using WebApp.Identity;

namespace WebApp.Components.Accounts;

public static class SignOut
{
    /// <param name="form">Not read: a form parameter makes the framework check the anti-forgery token.</param>
    public static async Task<IResult> HandleAsync([FromForm] IFormCollection form, SignInDesk desk, PlacedOrders placed, Flash flash)
    {
        await desk.SignOutAsync();
        placed.Forget();
        flash.Leave(new FlashMessage("You are signed out."));
        return LocalRedirects.To("/");
    }
}
