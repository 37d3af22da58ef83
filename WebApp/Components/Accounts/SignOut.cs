using Microsoft.AspNetCore.Mvc;
using WebApp.Components.Layout;
using WebApp.Identity;

namespace WebApp.Components.Accounts;

public static class SignOut
{
    /// <param name="form">Not read: a form parameter makes the framework check the anti-forgery token.</param>
    public static async Task<IResult> HandleAsync([FromForm] IFormCollection form, SignInDesk desk, Flash flash)
    {
        await desk.SignOutAsync();
        flash.Leave(new FlashMessage("You are signed out."));
        return LocalRedirects.To("/");
    }
}
