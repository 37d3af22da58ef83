using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Servers;
using WebApp.Identity;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Identity;

/// <summary>A sign-in cookie is valid only while its session in the database lasts.</summary>
public sealed class SessionTests(TestServers servers)
{
    private const string Email = "ada@example.com";
    private const string Password = "a few good words";
    private const string Firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0";

    [Fact]
    public async Task CopiedCookie_IsRefusedAtEveryReplica_AfterSigningOut()
    {
        await using var shop = await OpenAsync();
        await using var replica = shop.OpenReplica();
        var browser = new Browser(shop);
        await browser.RegisterAsync(Email, Password);
        var (copy, copyAtReplica) = (browser.CopyTo(shop), browser.CopyTo(replica));
        Assert.True(await IsSignedInAsync(copy));
        Assert.True(await IsSignedInAsync(copyAtReplica));

        await browser.GetAsync("/account");
        await browser.SubmitAsync("/sign-out");

        Assert.False(await IsSignedInAsync(copy));
        Assert.False(await IsSignedInAsync(copyAtReplica));
        await copy.GetAsync("/");
        Assert.Contains("Sign in", copy.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PasswordChange_EndsAllOtherSessions_AndTheOldPassword()
    {
        await using var shop = WithCatalog(await Shop.BorrowAsync(servers));
        var (browser, other) = (new Browser(shop), new Browser(shop));
        await browser.RegisterAsync(Email, Password);
        await other.SignInAsync(Email, Password);

        using var changed = await ChangePasswordAsync(browser, Password, "some more good words");

        Assert.Equal(HttpStatusCode.Found, changed.StatusCode);
        Assert.True(await IsSignedInAsync(browser));
        Assert.False(await IsSignedInAsync(other));
        using var oldPassword = await new Browser(shop).SignInAsync(Email, Password);
        using var newPassword = await new Browser(shop).SignInAsync(Email, "some more good words");
        Assert.Equal(HttpStatusCode.OK, oldPassword.StatusCode);
        Assert.Equal(HttpStatusCode.Found, newPassword.StatusCode);
    }

    [Theory]
    [InlineData("wrong", "some more good words", "form-currentpassword", "The current password is wrong.")]
    [InlineData(Password, "password123", "form-newpassword", "Many people use")]
    [InlineData(Password, "short", "form-newpassword", "Use at least 10 characters.")]
    [InlineData("", "some more good words", "form-currentpassword", "Enter your current password.")]
    public async Task PasswordChange_WithAFault_SaysWhatIsWrong_AndChangesNothing(
        string current, string chosen, string field, string reason)
    {
        await using var shop = WithCatalog(await Shop.BorrowAsync(servers));
        var (browser, other) = (new Browser(shop), new Browser(shop));
        await browser.RegisterAsync(Email, Password);
        await other.SignInAsync(Email, Password);

        await ChangePasswordAsync(browser, current, chosen);

        Assert.Contains($"href=\"/account/password#{field}\"", browser.Html, StringComparison.Ordinal);
        Assert.Contains(reason, browser.Html, StringComparison.Ordinal);
        Assert.True(await IsSignedInAsync(other));
        using var again = await new Browser(shop).SignInAsync(Email, Password);
        Assert.Equal(HttpStatusCode.Found, again.StatusCode);
    }

    [Fact]
    public async Task CurrentPassword_CannotBeGuessedWithAStolenCookie()
    {
        await using var shop = await OpenAsync();
        var owner = new Browser(shop, "198.51.100.9");
        await owner.RegisterAsync(Email, Password);
        var thief = owner.CopyTo(shop, only: "shop.auth");
        List<HttpStatusCode> answers = [];

        for (var guess = 0; guess < 11; guess++)
        {
            using var page = await ChangePasswordAsync(thief, $"a wrong guess {guess}", "some more good words");
            answers.Add(page.StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, answers[0]);
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
    }

    [Fact]
    public async Task AccountPage_ListsTheSessions_AndEndsOneOrAllOthers()
    {
        await using var shop = WithCatalog(await Shop.BorrowAsync(servers));
        var browser = new Browser(shop);
        var (phone, laptop, tablet) = (
            new Browser(shop, "203.0.113.7") { UserAgent = Firefox }, new Browser(shop, "2001:db8:1:2::3"), new Browser(shop));
        await browser.RegisterAsync(Email, Password);
        await phone.SignInAsync(Email, Password);
        await browser.GetAsync("/account");

        Assert.Contains("Firefox on Windows", browser.Html, StringComparison.Ordinal);
        Assert.Contains("from 203.0.113.x", browser.Html, StringComparison.Ordinal);
        Assert.Single(Occurrences(browser.Html, "This one"));

        await browser.SubmitAsync("/account/sessions/end");
        Assert.False(await IsSignedInAsync(phone));

        await laptop.SignInAsync(Email, Password);
        await tablet.SignInAsync(Email, Password);
        await browser.GetAsync("/account");
        Assert.Contains("from 2001:db8:1:2::/64", browser.Html, StringComparison.Ordinal);
        await browser.SubmitAsync("/account/sessions/end-others");

        Assert.False(await IsSignedInAsync(laptop));
        Assert.False(await IsSignedInAsync(tablet));
        Assert.True(await IsSignedInAsync(browser));
    }

    [Fact]
    public async Task SessionOfAnotherPerson_CannotBeEnded()
    {
        await using var shop = WithCatalog(await Shop.BorrowAsync(servers));
        var (ada, other, eve) = (new Browser(shop), new Browser(shop), new Browser(shop));
        await ada.RegisterAsync(Email, Password);
        await other.SignInAsync(Email, Password);
        await ada.GetAsync("/account");
        var session = ada.Hidden("id");
        await eve.RegisterAsync("eve@example.com", Password);
        await new Browser(shop).SignInAsync("eve@example.com", Password);
        await eve.GetAsync("/account");

        await eve.SubmitAsync("/account/sessions/end", ("id", session));

        Assert.True(await IsSignedInAsync(other));
    }

    [Fact]
    public async Task FormsOfTheAccount_WithoutTheirToken_ChangeNothing()
    {
        await using var shop = WithCatalog(await Shop.BorrowAsync(servers));
        var (browser, other) = (new Browser(shop), new Browser(shop));
        await browser.RegisterAsync(Email, Password);
        await other.SignInAsync(Email, Password);
        await browser.GetAsync("/account");
        var session = browser.Hidden("id");

        foreach (var path in new[] { "/account/sessions/end", "/account/sessions/end-others", "/account/password" })
        {
            using var response = await browser.PostAsync(path, ("id", session), ("_handler", "password"));
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        }

        Assert.True(await IsSignedInAsync(other));
    }

    [Fact]
    public async Task NewRole_EndsAllSessions()
    {
        await using var shop = WithCatalog(await Shop.BorrowAsync(servers));
        var browser = new Browser(shop);
        await browser.RegisterAsync(Email, Password);
        await using var scope = shop.Services.CreateAsyncScope();
        var user = await scope.ServiceProvider.GetRequiredService<UserManager<ShopUser>>().FindByEmailAsync(Email);

        await scope.ServiceProvider.GetRequiredService<Accounts>().GiveRoleAsync(user!, VisitorClaims.AdminRole);

        Assert.False(await IsSignedInAsync(browser));
    }

    [Fact]
    public async Task AdministratorsPasswordSetting_ThatChanges_EndsTheSessions()
    {
        await using var shop = await OpenAsync();
        var browser = new Browser(shop);
        await browser.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);

        await using var restarted = shop.OpenReplica(settings => settings["Admin:Password"] = "another horse of an admin");

        Assert.False(await IsSignedInAsync(browser.CopyTo(restarted)));
    }

    [Fact]
    public async Task AdministratorsPassword_ChangedOnItsPage_SurvivesARestart_UntilTheSettingChanges()
    {
        await using var shop = await OpenAsync();
        var browser = new Browser(shop);
        await browser.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);
        await ChangePasswordAsync(browser, Shop.AdminPassword, "another horse of an admin");

        await using var restarted = shop.OpenReplica();
        using var old = await new Browser(restarted).SignInAsync(Shop.AdminEmail, Shop.AdminPassword);
        using var changed = await new Browser(restarted).SignInAsync(Shop.AdminEmail, "another horse of an admin");
        await using var configured = shop.OpenReplica(settings => settings["Admin:Password"] = "a third horse of an admin");
        using var third = await new Browser(configured).SignInAsync(Shop.AdminEmail, "a third horse of an admin");

        Assert.Equal(HttpStatusCode.OK, old.StatusCode);
        Assert.Equal(HttpStatusCode.Found, changed.StatusCode);
        Assert.Equal(HttpStatusCode.Found, third.StatusCode);
    }

    [Theory]
    [InlineData(false, 0.45, 14)]
    [InlineData(true, 29, 6)]
    public async Task Session_EndsAfterItsTimeWithoutUse_AndInAnyCaseAtItsAge(bool remember, double pauseInDays, int pauses)
    {
        await using var shop = await OpenAsync();
        var (used, unused) = (new Browser(shop), new Browser(shop));
        await used.RegisterAsync(Email, Password);
        await used.SignInAsync(Email, Password, remember);
        await unused.SignInAsync(Email, Password, remember);
        var pause = TimeSpan.FromDays(pauseInDays);

        for (var number = 0; number < pauses; number++)
        {
            shop.Clock.Advance(pause);
            Assert.True(await IsSignedInAsync(used), $"signed in after {number + 1} pauses");
        }

        Assert.False(await IsSignedInAsync(unused));
        shop.Clock.Advance(pause);
        await IsSignedInAsync(used);
        shop.Clock.Advance(pause);
        Assert.False(await IsSignedInAsync(used));
    }

    [Fact]
    public async Task WhileTheDatabaseIsDown_PublicPagesWork_AndNothingPrivateIsShown()
    {
        Gate? gate = null;
        await using var shop = await Shop.OpenAsync(
            servers, settings => (gate, settings["ConnectionStrings:identitydb"]) = Gate.Before(settings["ConnectionStrings:identitydb"]!));
        using var open = gate!;
        shop.Fakes.WithCatalog().WithBasket(Things.Basket(Things.Line())).Json("GET /api/orders", Things.Page());
        var admin = new Browser(shop);
        await admin.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);
        await admin.GetAsync("/");
        Assert.Contains("Manage", admin.Html, StringComparison.Ordinal);
        var calls = shop.Fakes.Calls.Count(call => call.Token is not null);

        open.Close();

        foreach (var path in new[] { "/account", "/account/password", "/admin/products", "/admin/orders", "/orders" })
        {
            using var page = await admin.GetAsync(path);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
            Assert.NotNull(page.Headers.RetryAfter);
            Assert.Contains("This does not work at the moment", admin.Html, StringComparison.Ordinal);
        }

        using var products = await admin.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, products.StatusCode);
        Assert.Contains("Heron Desk Lamp", admin.Html, StringComparison.Ordinal);
        Assert.Contains("Account of Administrator", admin.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Manage", admin.Html, StringComparison.Ordinal);
        Assert.Equal(calls, shop.Fakes.Calls.Count(call => call.Token is not null));

        open.Open();

        using var again = await admin.GetAsync("/account");
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    private async Task<Shop> OpenAsync() => WithCatalog(await Shop.OpenAsync(servers));

    private static Shop WithCatalog(Shop shop)
    {
        shop.Fakes.WithCatalog().WithBasket(Things.Basket());
        return shop;
    }

    private static async Task<HttpResponseMessage> ChangePasswordAsync(Browser browser, string current, string chosen)
    {
        await browser.GetAsync("/account/password");
        return await browser.SubmitAsync("/account/password", ("Form.CurrentPassword", current), ("Form.NewPassword", chosen));
    }

    private static async Task<bool> IsSignedInAsync(Browser browser)
    {
        using var account = await browser.GetAsync("/account");
        return account.StatusCode is HttpStatusCode.OK;
    }

    private static IEnumerable<int> Occurrences(string text, string part)
    {
        for (var at = text.IndexOf(part, StringComparison.Ordinal); at >= 0; at = text.IndexOf(part, at + 1, StringComparison.Ordinal))
        {
            yield return at;
        }
    }
}
