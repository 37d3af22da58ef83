using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Contracts.Audit;
using Microsoft.IdentityModel.JsonWebTokens;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Identity;

public sealed partial class SecondFactorTests(TestServers servers)
{
    private const string Email = "ada@example.com";
    private const string Password = "a few good words";

    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task SigningIn_TakesACodeAsWell_OnceItIsTurnedOn()
    {
        await using var shop = await OpenAsync();
        var (browser, other) = (new Browser(shop), new Browser(shop));
        await browser.RegisterAsync(Email, Password);
        await other.SignInAsync(Email, Password);
        var (app, _) = await EnrolAsync(browser, Password);
        Assert.True(await IsSignedInAsync(browser));
        Assert.False(await IsSignedInAsync(other));

        using var password = await other.SignInAsync(Email, Password);
        Assert.Equal("/sign-in/code", PathOf(password));
        Assert.False(await IsSignedInAsync(other));
        await other.GetAsync("/sign-in/code");
        await other.SubmitAsync("/sign-in/code", ("Form.Code", "000000"));
        Assert.Contains("The code is wrong, or was used before.", other.Html, StringComparison.Ordinal);
        Assert.False(await IsSignedInAsync(other));

        await other.GetAsync("/sign-in/code");
        await other.SubmitAsync("/sign-in/code", ("Form.Code", app.Code(1)));
        Assert.True(await IsSignedInAsync(other));
    }

    [Fact]
    public async Task PageOfTheCode_WithoutAPassword_LeadsToSignIn()
    {
        await using var shop = await OpenAsync();

        using var page = await new Browser(shop).GetAsync("/sign-in/code?returnUrl=%2Forders");

        Assert.Equal("/sign-in?returnUrl=%2Forders", PathOf(page));
    }

    [Fact]
    public async Task Code_WorksOnce_AlsoWhenItIsSentManyTimesAtOnce()
    {
        await using var shop = await OpenAsync();
        await using var replica = shop.OpenReplica();
        var (app, _) = await RegisterWithSecondFactorAsync(shop);
        using var http = shop.CreateClient();
        using var other = replica.CreateClient();
        var code = app.Code(1);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(
            number => TokenAsync(number % 2 == 0 ? http : other, Email, Password, code)));

        Assert.Equal(1, answers.Count(answer => answer.Status == HttpStatusCode.OK));
        Assert.Equal(3, answers.Count(answer => answer.Status == HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task WrongCodes_AreThrottled()
    {
        await using var shop = await OpenAsync();
        var (app, _) = await RegisterWithSecondFactorAsync(shop);
        using var http = shop.CreateClient();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => TokenAsync(http, Email, Password, $"{number:D6}")));

        Assert.Equal(5, answers.Count(answer => answer.Status == HttpStatusCode.Unauthorized));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await TokenAsync(http, Email, Password, app.Code(1))).Status);
    }

    [Fact]
    public async Task RecoveryCode_SignsInOnce()
    {
        await using var shop = await OpenAsync();
        var (_, recovery) = await RegisterWithSecondFactorAsync(shop);
        using var http = shop.CreateClient();
        Assert.Equal(10, recovery.Length);

        var first = await TokenAsync(http, Email, Password, recovery[0].ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal));
        var second = await TokenAsync(http, Email, Password, recovery[0]);

        Assert.Equal(HttpStatusCode.OK, first.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, second.Status);
    }

    [Fact]
    public async Task Token_WithoutTheCode_SaysWhatIsMissing()
    {
        await using var shop = await OpenAsync();
        await RegisterWithSecondFactorAsync(shop);
        using var http = shop.CreateClient();

        var answer = await TokenAsync(http, Email, Password, code: null);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal("code", (string?)answer.Body["missing"]);
        Assert.Contains("second factor", (string?)answer.Body["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task TurningOn_RequiresThePassword_AndACodeOfTheApp()
    {
        await using var shop = await OpenAsync();
        var browser = new Browser(shop);
        await browser.RegisterAsync(Email, Password);
        await browser.GetAsync("/account/second-factor");
        var app = Authenticator.Scan(browser.Html);

        await browser.SubmitAsync("/account/second-factor", ("Form.Code", app.Code()), ("Form.Password", "wrong"));
        Assert.Contains("The password is wrong.", browser.Html, StringComparison.Ordinal);
        await browser.SubmitAsync("/account/second-factor", ("Form.Code", "000000"), ("Form.Password", Password));
        Assert.Contains("The code is wrong", browser.Html, StringComparison.Ordinal);

        using var signedIn = await new Browser(shop).SignInAsync(Email, Password);
        Assert.Equal("/", PathOf(signedIn));
    }

    [Fact]
    public async Task Key_ThatWasShownBefore_IsReplaced_BecauseAThiefMayHaveSeenIt()
    {
        await using var shop = await OpenAsync();
        var owner = new Browser(shop);
        await owner.RegisterAsync(Email, Password);
        var thief = owner.CopyTo(shop);
        await thief.GetAsync("/account/second-factor");
        var seen = Authenticator.Scan(thief.Html);

        var (app, _) = await EnrolAsync(owner, Password);

        Assert.NotEqual(seen.Code(), app.Code());
    }

    [Fact]
    public async Task TurnedOff_SignsInWithThePasswordAlone_AndTheOldKeyIsVoid()
    {
        await using var shop = await OpenAsync();
        var browser = new Browser(shop);
        await browser.RegisterAsync(Email, Password);
        var (app, _) = await EnrolAsync(browser, Password);
        await browser.GetAsync("/account/second-factor");
        Assert.Contains("You have 10 recovery codes left.", browser.Html, StringComparison.Ordinal);

        using var off = await browser.SubmitAsync("/account/second-factor", ("CodeForm.Code", app.Code(1)), ("CodeForm.Change", "off"));

        Assert.Equal("/account", PathOf(off));
        Assert.True(await IsSignedInAsync(browser));
        using var signedIn = await new Browser(shop).SignInAsync(Email, Password);
        Assert.Equal("/", PathOf(signedIn));
        await browser.GetAsync("/account/second-factor");
        Assert.NotEqual(app.Code(), Authenticator.Scan(browser.Html).Code());
    }

    [Fact]
    public async Task NewRecoveryCodes_ReplaceTheOldOnes()
    {
        await using var shop = await OpenAsync();
        var browser = new Browser(shop);
        await browser.RegisterAsync(Email, Password);
        var (app, old) = await EnrolAsync(browser, Password);
        await browser.GetAsync("/account/second-factor");

        await browser.SubmitAsync("/account/second-factor", ("CodeForm.Code", app.Code(1)), ("CodeForm.Change", "renew"));

        var renewed = RecoveryCodes(browser.Html);
        using var http = shop.CreateClient();
        Assert.Equal(10, renewed.Except(old).Count());
        Assert.Equal(HttpStatusCode.Unauthorized, (await TokenAsync(http, Email, Password, old[0])).Status);
        Assert.Equal(HttpStatusCode.OK, (await TokenAsync(http, Email, Password, renewed[0])).Status);
    }

    [Fact]
    public async Task Administrator_OutsideDevelopment_MustHaveOne()
    {
        await using var shop = await OpenAsync(settings => settings.Remove("Identity:RequireSecondFactor"));
        shop.Fakes.Json("GET /api/orders/all", Things.Page());
        using var http = shop.CreateClient();
        var admin = new Browser(shop);
        await admin.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);

        foreach (var path in new[] { "/admin/products", "/admin/products/1", "/admin/orders" })
        {
            using var refused = await admin.GetAsync(path);
            Assert.Equal($"/account/second-factor?returnUrl={Uri.EscapeDataString(path)}", PathOf(refused));
        }

        await admin.GetAsync("/");
        Assert.DoesNotContain("Manage", admin.Html, StringComparison.Ordinal);
        var withoutCode = await TokenAsync(http, Shop.AdminEmail, Shop.AdminPassword, code: null);
        Assert.Equal(HttpStatusCode.Forbidden, withoutCode.Status);
        Assert.Contains("/account/second-factor", (string?)withoutCode.Body["detail"], StringComparison.Ordinal);

        var (app, _) = await EnrolAsync(admin, Shop.AdminPassword);

        using var shown = await admin.GetAsync("/admin/orders");
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        var withCode = await TokenAsync(http, Shop.AdminEmail, Shop.AdminPassword, app.Code(1));
        Assert.Equal("admin", new JsonWebToken((string?)withCode.Body["accessToken"]).GetClaim("role").Value);
    }

    [Fact]
    public async Task LostDeviceOfTheAdministrator_IsForgottenByASetting()
    {
        await using var shop = await OpenAsync();
        var admin = new Browser(shop);
        await admin.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);
        await EnrolAsync(admin, Shop.AdminPassword);

        await using var restarted = shop.OpenReplica(settings => settings["Admin:RemoveSecondFactor"] = "true");
        using var signedIn = await new Browser(restarted).SignInAsync(Shop.AdminEmail, Shop.AdminPassword);

        Assert.Equal("/", PathOf(signedIn));
        Assert.False(await IsSignedInAsync(admin));
        await restarted.Broker
            .WaitUntilHandledAsync<RecordAction>(
                "audit.record-action", action => (action.ActorId, action.Action) == (null, "account.second-factor-removed"), Stop)
            .WaitAsync(TimeSpan.FromMinutes(1), Stop);
    }

    private async Task<Shop> OpenAsync(Action<Dictionary<string, string?>>? change = null)
    {
        var shop = await Shop.OpenAsync(servers, change);
        shop.Clock.Freeze();
        shop.Fakes.WithCatalog().WithBasket(Things.Basket());
        return shop;
    }

    private static async Task<(Authenticator App, string[] RecoveryCodes)> RegisterWithSecondFactorAsync(Shop shop)
    {
        var browser = new Browser(shop);
        await browser.RegisterAsync(Email, Password);
        return await EnrolAsync(browser, Password);
    }

    private static async Task<(Authenticator App, string[] RecoveryCodes)> EnrolAsync(Browser browser, string password)
    {
        await browser.GetAsync("/account/second-factor");
        var app = Authenticator.Scan(browser.Html);
        await browser.SubmitAsync("/account/second-factor", ("Form.Code", app.Code()), ("Form.Password", password));
        Assert.Contains("Your second factor is on.", browser.Html, StringComparison.Ordinal);
        return (app, RecoveryCodes(browser.Html));
    }

    private static string PathOf(HttpResponseMessage redirect) =>
        redirect.Headers.Location is { IsAbsoluteUri: true } absolute ? absolute.PathAndQuery : $"{redirect.Headers.Location}";

    private static string[] RecoveryCodes(string html) => [.. RecoveryCode().Matches(html).Select(match => match.Groups[1].Value)];

    private static async Task<bool> IsSignedInAsync(Browser browser)
    {
        using var account = await browser.GetAsync("/account");
        return account.StatusCode is HttpStatusCode.OK;
    }

    private static async Task<(HttpStatusCode Status, JsonNode Body)> TokenAsync(
        HttpClient http, string email, string password, string? code)
    {
        using var response = await http.PostAsJsonAsync("/api/identity/token", new { email, password, code }, Stop);
        return (response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonNode>(Stop))!);
    }

    [GeneratedRegex("<code>([A-Z0-9-]{11})</code>")]
    private static partial Regex RecoveryCode();
}
