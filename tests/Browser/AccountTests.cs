using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser;

public sealed class AccountTests(Shop shop)
{
    [Fact]
    public async Task The_card_of_the_account_has_no_rule_above_its_text()
    {
        var (page, _) = await shop.RegisterAsync();

        await page.GotoAsync("/account");

        await Expect(page.Locator(".card > .facts")).ToHaveCSSAsync("border-top-width", "0px");
    }

    [Fact]
    public async Task A_forgotten_password_is_replaced_by_the_link_of_a_mail_and_ends_all_sessions()
    {
        var (before, email) = await shop.RegisterAsync();
        var page = await shop.VisitAsync(width: 360);
        await page.GotoAsync("/sign-in");
        await page.GetByRole(AriaRole.Link, new() { Name = "Forgotten your password?" }).ClickAsync();

        // Both pages have a field for the address.
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Send the link" })).ToBeVisibleAsync();
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send the link" }).ClickAsync();
        await Expect(page.Notice("Look into your mailbox.")).ToBeVisibleAsync();
        var link = await shop.LinkOfMailAsync(email, "Choose a new password");

        await page.GotoAsync(link);
        await page.GetByLabel("New password").FillAsync("some other good words");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change password" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/sign-in"));
        await page.SignInAsync(email, Accounts.Password);
        await Expect(page.Locator("[data-error-summary]")).ToBeVisibleAsync();
        await page.SignInAsync(email, "some other good words");
        await page.IsSignedInAsync();

        await before.GotoAsync("/account");
        await Expect(before).ToHaveURLAsync(new Regex("/sign-in"));
        await page.GotoAsync(link);
        await Expect(page.GetByLabel("New password")).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "mail you a new one" })).ToBeVisibleAsync();
    }
}
