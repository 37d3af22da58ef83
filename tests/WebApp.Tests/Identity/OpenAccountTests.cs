using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Servers;
using WebApp.Identity;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Identity;

/// <summary>An account works once its address is confirmed, and no answer shows which addresses have one.</summary>
public sealed class OpenAccountTests(TestServers servers)
{
    private const string Ada = "ada@example.com";
    private const string Password = "a few good words";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LinkInTheMail_WithThePassword_OpensTheAccount_Once()
    {
        await using var shop = await Shop.OpenOnRabbitMqAsync(servers);
        await using var broker = await shop.ListenAsync(Stop);
        shop.Fakes.WithCatalog().WithBasket(Things.Basket());
        var (browser, other) = (new Browser(shop), new Browser(shop));
        await AskAsync(browser, Ada, Password, "/register?returnUrl=%2Fcheckout");

        var mail = await shop.Mail.ReceivedAsync(Ada, "Confirm your e-mail address");
        await other.GetAsync(mail.Path);
        Assert.Contains("Welcome, Ada Test", other.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(broker.Heard, IsRegistered);
        await other.SubmitAsync(mail.Path, ("Form.Password", "another password"));
        Assert.Contains("not the one that this account was opened with", other.Html, StringComparison.Ordinal);
        using var confirmed = await other.SubmitAsync(mail.Path, ("Form.Password", Password));

        Assert.Equal("/checkout", $"{confirmed.Headers.Location}");
        using var account = await other.GetAsync("/account");
        Assert.Equal(HttpStatusCode.OK, account.StatusCode);
        await Eventually.TrueAsync(() => broker.Heard.Any(IsRegistered));
        await browser.GetAsync(mail.Path);
        Assert.Contains("This link no longer works", browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TakenAddress_IsAnsweredAsAFreeOne_AndTheMailSaysIt()
    {
        await using var shop = await Shop.OpenAsync(servers);
        await new Browser(shop).RegisterAsync(Ada, Password);
        var (taken, free) = (new Browser(shop), new Browser(shop));

        using var answerForTaken = await AskAsync(taken, Ada, "some other good words");
        using var answerForFree = await AskAsync(free, "bob@example.com", "some other good words");

        Assert.Equal(answerForFree.StatusCode, answerForTaken.StatusCode);
        Assert.Equal(answerForFree.Headers.Location, answerForTaken.Headers.Location);
        var mail = await shop.Mail.ReceivedAsync(Ada, "You already have an account");
        Assert.Equal("/sign-in", mail.Path);
        using var old = await taken.SignInAsync(Ada, Password);
        Assert.Equal(HttpStatusCode.Found, old.StatusCode);
    }

    [Fact]
    public async Task UnconfirmedAccount_CannotSignIn_AndTheAnswerDoesNotShowThatItExists()
    {
        await using var shop = await Shop.OpenAsync(servers);
        var browser = new Browser(shop);
        await AskAsync(browser, Ada, Password);

        using var right = await browser.SignInAsync(Ada, Password);
        var answerForRight = ErrorIn(browser.Html);
        await browser.SignInAsync("nobody@example.com", Password);

        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.Contains("open the link in our mail first", answerForRight, StringComparison.Ordinal);
        Assert.Equal(answerForRight, ErrorIn(browser.Html));
    }

    /// <summary>A thief registers the address of a person, who then registers too: the thief must not know the password.</summary>
    [Fact]
    public async Task SecondRegistration_OfAnUnconfirmedAddress_VoidsTheFirst()
    {
        await using var shop = await Shop.OpenAsync(servers);
        var (thief, owner) = (new Browser(shop), new Browser(shop));
        await AskAsync(thief, Ada, "the words of a thief");
        var first = await shop.Mail.ReceivedAsync(Ada);
        await AskAsync(owner, Ada, Password);
        await Eventually.TrueAsync(() => shop.Mail.Mails.Count == 2, "the second mail arrives");
        var second = await shop.Mail.ReceivedAsync(Ada);

        await owner.GetAsync(first.Path);
        Assert.Contains("This link no longer works", owner.Html, StringComparison.Ordinal);
        await owner.GetAsync(second.Path);
        using var wrong = await owner.SubmitAsync(second.Path, ("Form.Password", "the words of a thief"));
        using var right = await owner.SubmitAsync(second.Path, ("Form.Password", Password));

        Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.Found, right.StatusCode);
    }

    [Fact]
    public async Task OneAddress_GetsAFewMailsOnly_WithTheSameAnswer()
    {
        await using var shop = await Shop.OpenAsync(servers);
        shop.Clock.Freeze();
        var browser = new Browser(shop);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            using var asked = await AskAsync(browser, Ada, Password);
            Assert.Equal("/register/check-mail", $"{asked.Headers.Location}");
        }

        await AskAsync(browser, "bob@example.com", Password);
        await shop.Mail.ReceivedAsync("bob@example.com");
        await Eventually.TrueAsync(() => shop.Mail.Mails.Count == 4, "three mails to the one, one to the other");
    }

    [Fact]
    public async Task RegistrationWithoutAMail_ChangesNothing_SoTheLastLinkWorks()
    {
        await using var shop = await Shop.OpenAsync(servers);
        shop.Clock.Freeze();
        shop.Fakes.WithCatalog().WithBasket(Things.Basket());
        var browser = new Browser(shop);
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            await AskAsync(browser, Ada, $"{Password} {attempt}");
            await Eventually.TrueAsync(() => shop.Mail.Mails.Count == Math.Min(attempt, 3), $"the mail of registration {attempt} arrives");
        }

        var last = await shop.Mail.ReceivedAsync(Ada);
        await browser.GetAsync(last.Path);
        using var confirmed = await browser.SubmitAsync(last.Path, ("Form.Password", $"{Password} 3"));

        Assert.Equal((HttpStatusCode.Found, "/"), (confirmed.StatusCode, $"{confirmed.Headers.Location}"));
    }

    [Fact]
    public async Task UnconfirmedAccount_IsDeletedAfterAWeek()
    {
        await using var shop = await Shop.OpenAsync(servers);
        shop.Clock.Freeze();
        await AskAsync(new Browser(shop), Ada, Password);
        await new Browser(shop).RegisterAsync("bob@example.com", Password);
        await using var scope = shop.Services.CreateAsyncScope();
        var opening = scope.ServiceProvider.GetRequiredService<OpenAccount>();

        shop.Clock.Advance(TimeSpan.FromDays(6));
        Assert.Equal(0, await opening.DeleteUnconfirmedAsync(Stop));
        shop.Clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal(1, await opening.DeleteUnconfirmedAsync(Stop));
        Assert.Null(await shop.FindConfirmationAsync(Ada));
    }

    private static bool IsRegistered(WireMessage message) =>
        message.Type == "identity.user-registered" && (string?)message.Body["email"] == Ada;

    private static async Task<HttpResponseMessage> AskAsync(Browser browser, string email, string password, string path = "/register")
    {
        await browser.GetAsync(path);
        return await browser.SubmitAsync(path, ("Form.Name", "Ada Test"), ("Form.Email", email), ("Form.Password", password));
    }

    private static string ErrorIn(string html)
    {
        var start = html.IndexOf("data-error-summary", StringComparison.Ordinal);
        return html[start..html.IndexOf("</div>", start, StringComparison.Ordinal)];
    }
}
