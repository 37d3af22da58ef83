using System.Net;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Identity;

public sealed class ForgottenPasswordTests(TestServers servers)
{
    private const string Ada = "ada@example.com";
    private const string Old = "a few good words";
    private const string New = "some more good words";

    [Fact]
    public async Task LinkInTheMail_ChangesThePassword_Once_AndEndsAllSessions()
    {
        await using var shop = await OpenAsync();
        var (ada, other) = (new Browser(shop), new Browser(shop));
        await ada.RegisterAsync(Ada, Old);
        await AskAsync(other, Ada);
        var path = (await shop.Mail.ReceivedAsync(Ada, "Choose a new password")).Path;

        await other.GetAsync(path);
        await other.SubmitAsync(path, ("Form.Password", "password123"));
        Assert.Contains("Many people use this password", other.Html, StringComparison.Ordinal);
        using var changed = await other.SubmitAsync(path, ("Form.Password", New));

        Assert.Equal("/sign-in", $"{changed.Headers.Location}");
        using var account = await ada.GetAsync("/account");
        Assert.Equal(HttpStatusCode.Found, account.StatusCode);
        using var oldPassword = await other.SignInAsync(Ada, Old);
        using var newPassword = await other.SignInAsync(Ada, New);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Found), (oldPassword.StatusCode, newPassword.StatusCode));
        await shop.Mail.ReceivedAsync(Ada, "Your password was changed");
        await other.GetAsync(path);
        Assert.Contains("This link no longer works", other.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_EndsAfterAnHour_AndAForgedOneNeverWorks()
    {
        await using var shop = await OpenAsync();
        shop.Clock.Freeze();
        var ada = new Browser(shop);
        await ada.RegisterAsync(Ada, Old);
        await AskAsync(ada, Ada);
        var path = (await shop.Mail.ReceivedAsync(Ada, "Choose a new password")).Path;
        await ada.GetAsync(path);
        var form = ada.Html;

        shop.Clock.Advance(TimeSpan.FromMinutes(61));
        using var late = await ada.BackTo(form).SubmitAsync(path, ("Form.Password", New));
        Assert.Contains("This link no longer works", ada.Html, StringComparison.Ordinal);

        var ofAnotherPurpose = (await ConfirmationAsync(shop)).Split("secret=")[1];
        foreach (var secret in new[] { "", "x", path.Split("secret=")[1][..^3] + "AAA", ofAnotherPurpose })
        {
            await ada.GetAsync($"/reset-password?secret={secret}");
            Assert.Contains("This link no longer works", ada.Html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task UnknownAddress_IsAnsweredTheSame_AndGetsNoMail()
    {
        await using var shop = await OpenAsync();
        var browser = new Browser(shop);
        await new Browser(shop).RegisterAsync(Ada, Old);

        await AskAsync(browser, "nobody@example.com");
        var unknown = Notice(browser.Html);
        await AskAsync(browser, Ada);

        Assert.Equal(unknown, Notice(browser.Html));
        Assert.Contains("If this address has an account, a mail is on its way.", unknown, StringComparison.Ordinal);
        await shop.Mail.ReceivedAsync(Ada, "Choose a new password");
        Assert.DoesNotContain(shop.Mail.Mails, mail => mail.To == "nobody@example.com");
    }

    private async Task<Shop> OpenAsync()
    {
        var shop = await Shop.OpenAsync(servers);
        shop.Fakes.WithCatalog().WithBasket(Things.Basket());
        return shop;
    }

    private static async Task AskAsync(Browser browser, string email)
    {
        await browser.GetAsync("/forgot-password");
        using var answer = await browser.SubmitAsync("/forgot-password", ("Form.Email", email));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>A link of another purpose.</summary>
    private static async Task<string> ConfirmationAsync(Shop shop)
    {
        var browser = new Browser(shop);
        await browser.GetAsync("/register");
        await browser.SubmitAsync("/register", ("Form.Name", "Bob"), ("Form.Email", "bob@example.com"), ("Form.Password", Old));
        return (await shop.FindConfirmationAsync("bob@example.com"))!;
    }

    private static string Notice(string html)
    {
        var start = html.IndexOf("Look into your mailbox.", StringComparison.Ordinal);
        return html[start..html.IndexOf("</p>", start, StringComparison.Ordinal)];
    }
}
