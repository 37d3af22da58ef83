using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser;

/// <summary>What a visitor does with an account.</summary>
internal static class Accounts
{
    public const string Password = "a few good words";

    /// <summary>Opens an account with a new address, by the link of its mail.</summary>
    public static async Task<(IPage Page, string Email)> RegisterAsync(
        this Shop shop, ColorScheme colors = ColorScheme.Light, int width = 1280)
    {
        var page = await shop.VisitAsync(colors, width: width);
        var email = await page.AskForAccountAsync();
        await page.GotoAsync(await shop.LinkOfMailAsync(email, "Confirm your e-mail address"));
        await page.ConfirmAccountAsync();
        return (page, email);
    }

    /// <summary>Asks for the mail with the link that opens an account.</summary>
    public static async Task<string> AskForAccountAsync(this IPage page)
    {
        var email = $"{Guid.NewGuid():n}@example.com";
        await page.GotoAsync("/register");
        await page.GetByLabel("Your name").FillAsync("Ada Browser");
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Open account" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("mail");
        return email;
    }

    /// <summary>Fills in the page behind that link.</summary>
    public static async Task ConfirmAccountAsync(this IPage page)
    {
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm and sign in" }).ClickAsync();
        await page.IsSignedInAsync();
    }

    /// <summary>Waits until the header greets the person; the footer has a link to the account for everyone.</summary>
    public static Task IsSignedInAsync(this IPage page) => Expect(
        page.GetByRole(AriaRole.Navigation, new() { Name = "Your shop" }).GetByRole(AriaRole.Link, new() { Name = "Ada Browser" }))
        .ToBeVisibleAsync();

    public static async Task SignInAsync(this IPage page, string email, string password)
    {
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }
}
