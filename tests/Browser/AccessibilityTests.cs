using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser;

/// <summary>
/// axe finds nothing on any page, in either theme, and no page is wider than a small phone. What only other tests show, such as a sold-out
/// basket, an order that was refunded or an open list, is checked there.
/// </summary>
public sealed class AccessibilityTests(Shop shop)
{
    private static readonly string[] Public =
    [
        "/", "/?q=lamp&stock=1", "/?q=zzzzzz", "/?q=sudnay+taepot&min=50&max=20", "/?type=3", "/?page=999", "/products/2", "/sign-in",
        "/register", "/register/check-mail", "/forgot-password", "/reset-password", "/confirm-address", "/confirm-email", "/no/such/page",
        "/basket", "/orders", "/orders/find", "/contact", "/delivery", "/privacy", "/terms", "/imprint", "/denied", "/error",
        "/offline.html",
    ];

    private static readonly string[] Admin =
    [
        "/admin/products", "/admin/products?low=1", "/admin/products?find=nothing", "/admin/products/new", "/admin/products/2",
        "/admin/products/2/retire", "/admin/orders", "/admin/orders?find=nobody", "/admin/orders/packing", "/admin/webhooks",
        "/admin/audit", "/admin/audit?action=order.refunded&actor=00000000-0000-0000-0000-000000000000", "/admin/mailbox",
    ];

    private static readonly string[] Account =
    [
        "/account", "/account/name", "/account/email", "/account/password", "/account/addresses", "/account/addresses/new",
        "/account/delete", "/orders",
    ];

    [Fact]
    public Task Visitors_pages_are_accessible_and_fit_a_small_phone() => VisitorsPagesAsync(width: 320);

    /// <summary>Few elements differ from those of a phone, so it runs with tests/run-long.</summary>
    [Fact(Explicit = true)]
    public Task Visitors_pages_are_accessible_on_a_wide_screen() => VisitorsPagesAsync(width: 1280);

    private async Task VisitorsPagesAsync(int width)
    {
        var page = await shop.VisitAsync(width: width);
        var findings = await FindingsAsync(page, Public);

        await page.PutIntoBasketAsync(productId: 2);
        await page.GotoAsync("/basket");
        findings.AddRange(await page.FindingsAsync("/basket, filled"));
        await page.GotoAsync("/checkout");
        await page.GetByRole(AriaRole.Button, new() { Name = "Buy now" }).ClickAsync();
        await Expect(page.Locator("[data-error-summary]")).ToBeVisibleAsync();
        findings.AddRange(await page.FindingsAsync("/checkout, with mistakes"));
        await page.BuyAsync(productId: 2, Shopping.Pays);
        await Expect(page.Step("Paid")).ToBeVisibleAsync();
        findings.AddRange(await page.FindingsAsync("order"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Cancel order" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Yes, cancel the order" })).ToBeVisibleAsync();
        findings.AddRange(await page.FindingsAsync("order, cancel"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Yes, cancel the order" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("This order is cancelled");
        findings.AddRange(await page.FindingsAsync("order, cancelled"));
        await page.GotoAsync("/orders");
        findings.AddRange(await page.FindingsAsync("/orders, filled"));
        await page.EvaluateAsync(
            """
            () => {
              const form = document.querySelector("form[action='/theme']");
              form.elements["__RequestVerificationToken"].value = "forged";
              form.submit();
            }
            """);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Send it again" })).ToBeVisibleAsync();
        findings.AddRange(await page.FindingsAsync("a form that is refused"));

        Assert.Empty(findings);
    }

    [Fact]
    public async Task Back_office_pages_are_accessible_and_fit_a_small_phone()
    {
        var buyer = await shop.VisitAsync();
        await buyer.BuyAsync(productId: 13, Shopping.Pays);
        await Expect(buyer.Step("Paid")).ToBeVisibleAsync();
        var order = $"/admin/orders/{buyer.Url.Split('/')[^1]}";
        var admin = await shop.VisitAsAdminAsync(width: 320);
        var webhook = await AddWebhookAsync(admin);
        await admin.GotoAsync("/admin/mailbox");
        await admin.ReloadUntilAsync(admin.GetByRole(AriaRole.Row).Nth(1));
        var mail = (await admin.GetByRole(AriaRole.Row).Nth(1).GetByRole(AriaRole.Link).GetAttributeAsync("href"))!;

        Assert.Empty(await FindingsAsync(admin, [.. Admin, order, $"{order}/cancel", $"{order}/packing", webhook, mail]));
    }

    [Fact]
    public async Task Account_pages_are_accessible_and_fit_a_small_phone()
    {
        var (page, email) = await shop.RegisterAsync(width: 320);
        var findings = await FindingsAsync(page, Account);

        await page.GotoAsync("/account/addresses/new");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Add an address");
        foreach (var (label, text) in ((string, string)[])
            [("Name", "Ada Browser"), ("Street and house number", "1 Harbour Road"), ("Postal code", "4000-001"), ("City", "Porto")])
        {
            await page.GetByLabel(label, new() { Exact = true }).FillAsync(text);
        }

        await page.GetByLabel("Country").SelectOptionAsync("Portugal");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/account/addresses$"));
        findings.AddRange(await page.FindingsAsync("/account/addresses, filled"));
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Change") }).ClickAsync();
        await Expect(page.GetByLabel("City")).ToHaveValueAsync("Porto");
        findings.AddRange(await page.FindingsAsync("/account/addresses/{id}"));

        await page.GotoAsync("/account/second-factor");
        findings.AddRange(await page.FindingsAsync("/account/second-factor"));
        await page.GetByLabel("Code", new() { Exact = true }).FillAsync(
            WebApp.Tests.Identity.Authenticator.Scan(await page.ContentAsync()).Code());
        await page.GetByLabel("Your password").FillAsync(Accounts.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Turn on" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Your recovery codes" })).ToBeVisibleAsync();
        findings.AddRange(await page.FindingsAsync("/account/second-factor, recovery codes"));
        await page.GotoAsync("/account/second-factor");
        findings.AddRange(await page.FindingsAsync("/account/second-factor, on"));
        var elsewhere = await shop.VisitAsync(width: 320);
        await elsewhere.SignInAsync(email, Accounts.Password);
        await Expect(elsewhere.GetByLabel("Code", new() { Exact = true })).ToBeVisibleAsync();
        findings.AddRange(await elsewhere.FindingsAsync("/sign-in/code"));

        Assert.Empty(findings);
    }

    [Fact]
    public async Task Forms_behind_the_links_of_mails_and_the_question_of_a_program_are_accessible_and_fit_a_small_phone()
    {
        const string consent = "/oauth/consent?client_id=scalar&scope=openid%20shop%20profile%20email%20offline_access";
        var page = await shop.VisitAsync(width: 320);
        var email = await page.AskForAccountAsync();
        var findings = await FindingsBehindAsync("Confirm your e-mail address", email, "Confirm and sign in");
        await page.ConfirmAccountAsync();

        await page.GotoAsync(consent);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Agree", Exact = true })).ToBeVisibleAsync();
        findings.AddRange(await page.FindingsAsync("/oauth/consent"));

        await page.GotoAsync("/account/email");
        await page.GetByLabel("New e-mail address").FillAsync($"new-{email}");
        await page.GetByLabel("Your password").FillAsync(Accounts.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send the mail" }).ClickAsync();
        findings.AddRange(await FindingsBehindAsync("Confirm your new e-mail address", $"new-{email}", "Use this address"));

        await page.GotoAsync("/forgot-password");
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send the link" }).ClickAsync();
        findings.AddRange(await FindingsBehindAsync("Choose a new password", email, "Change password"));

        Assert.Empty(findings);

        async Task<List<string>> FindingsBehindAsync(string subject, string to, string button)
        {
            await page.GotoAsync(await shop.LinkOfMailAsync(to, subject));
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = button })).ToBeVisibleAsync();
            return [.. await page.FindingsAsync(subject)];
        }
    }

    /// <returns>The path of its page.</returns>
    private static async Task<string> AddWebhookAsync(IPage admin)
    {
        await admin.GotoAsync("/admin/webhooks");
        var address = $"https://example.com/{Guid.NewGuid():n}";
        await admin.GetByLabel("Address").FillAsync(address);
        await admin.GetByLabel("refunded").CheckAsync();
        await admin.GetByRole(AriaRole.Button, new() { Name = "Add" }).ClickAsync();
        return (await admin.GetByRole(AriaRole.Link, new() { Name = address }).GetAttributeAsync("href"))!;
    }

    private static async Task<List<string>> FindingsAsync(IPage page, IEnumerable<string> paths)
    {
        List<string> findings = [];
        foreach (var path in paths)
        {
            await page.GotoAsync(path);
            findings.AddRange(await page.FindingsAsync(path));
        }

        return findings;
    }
}
