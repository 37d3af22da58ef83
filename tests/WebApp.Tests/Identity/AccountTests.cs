using System.Net;
using Npgsql;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Identity;

public sealed class AccountTests(TestServers servers)
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Registration_WhileTheBrokerIsAway_WorksAndKeepsItsAnnouncement()
    {
        await using var shop = await Shop.OpenAsync(servers, settings => settings["ConnectionStrings:messaging"] = "amqp://127.0.0.1:1");
        var browser = new Browser(shop);

        using var response = await browser.RegisterAsync("ada@example.com", "a few good words");

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Equal(1, await CountAsync(shop, "select count(*) from messaging.outbox where convert_from(content, 'UTF8') like '%ada@example.com%'"));
        Assert.Equal(1, await CountAsync(shop, "select count(*) from users where email = 'ada@example.com'"));
    }

    [Fact]
    public async Task RefusedRegistration_AnnouncesNobody()
    {
        await using var shop = await Shop.OpenAsync(servers, settings => settings["ConnectionStrings:messaging"] = "amqp://127.0.0.1:1");
        var browser = new Browser(shop);

        await browser.RegisterAsync("ada@example.com", "short");

        Assert.Contains("Use at least 10 characters.", browser.Html, StringComparison.Ordinal);
        Assert.Contains("""aria-invalid="true""", browser.Html, StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync(shop, "select count(*) from messaging.outbox where convert_from(content, 'UTF8') like '%ada@example.com%'"));
    }

    [Fact]
    public async Task SigningIn_MergesTheGuestsBasket()
    {
        await using var shop = await Shop.OpenAsync(servers);
        shop.Fakes.WithCatalog().WithBasket(Things.Basket()).Grpc("SetQuantity", Things.Basket(Things.Line())).Grpc("Merge", Things.Basket(Things.Line()));
        var browser = new Browser(shop);
        await browser.GetAsync("/products/1");
        await browser.SubmitAsync("/basket/add");

        await browser.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);

        var guest = Claims(shop.Fakes.CallsOf("SetQuantity").Single().Token);
        var merge = Claims(shop.Fakes.CallsOf("Merge").Single().Token);
        Assert.Equal("true", guest["guest"]);
        Assert.Equal(guest["sub"], merge["guest_id"]);
        Assert.Equal("admin", merge["role"]);
    }

    [Fact]
    public async Task SigningIn_WhileBasketIsAway_Works()
    {
        await using var shop = await Shop.OpenAsync(servers);
        shop.Fakes.WithCatalog().WithBasket(Things.Basket()).Grpc("SetQuantity", Things.Basket(Things.Line()));
        var browser = new Browser(shop);
        await browser.GetAsync("/products/1");
        await browser.SubmitAsync("/basket/add");

        using var response = await browser.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);
        using var account = await browser.GetAsync("/account");

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, account.StatusCode);
    }

    [Fact]
    public async Task SigningIn_AgainAfterBasketWasAway_MergesTheGuestsBasket()
    {
        await using var shop = await Shop.OpenAsync(servers);
        var browser = new Browser(Shopping(shop));
        var guest = await AddAsGuestAsync(shop, browser);
        shop.Fakes.GrpcRefusal("Merge", Grpc.Core.StatusCode.Unavailable, "away");
        await browser.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);
        await SignOutAsync(browser);
        shop.Fakes.Calls.Clear();
        shop.Fakes.Grpc("Merge", Things.Basket(Things.Line()));

        await browser.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);

        Assert.Equal([guest], GuestsIn(shop.Fakes.CallsOf("Merge").Single().Token));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Guest_AfterSomebodyWasSignedIn_IsSomebodyElse(bool signsOut)
    {
        await using var shop = await Shop.OpenAsync(servers);
        var browser = new Browser(Shopping(shop));
        var first = await AddAsGuestAsync(shop, browser);
        await browser.RegisterAsync("ada@example.com", "a few good words");
        Assert.False(browser.Has("shop.guest"));
        await LeaveAsync(browser, signsOut);

        var second = await AddAsGuestAsync(shop, browser);

        Assert.NotEqual(first, second);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Orders_OfAGuestWhoSignedIn_AreNotShownToWhoSignsInNext(bool signsOut)
    {
        await using var shop = await Shop.OpenAsync(servers);
        var browser = new Browser(Shopping(shop));
        await new Browser(shop).RegisterAsync("ada@example.com", "a few good words");
        await new Browser(shop).RegisterAsync("bob@example.com", "a few good words");
        var guest = await AddAsGuestAsync(shop, browser);
        await browser.SignInAsync("ada@example.com", "a few good words");

        Assert.Equal([guest], await GuestsWhoseOrdersAreListedAsync(shop, browser));

        await LeaveAsync(browser, signsOut);
        await browser.SignInAsync("bob@example.com", "a few good words");

        Assert.Empty(await GuestsWhoseOrdersAreListedAsync(shop, browser));
    }

    [Fact]
    public async Task Orders_OfEveryGuestThatAPersonWas_AreShownToThem_InAnyBrowser()
    {
        await using var shop = await Shop.OpenAsync(servers);
        var (browser, other) = (new Browser(Shopping(shop)), new Browser(shop));
        await new Browser(shop).RegisterAsync("ada@example.com", "a few good words");
        var first = await AddAsGuestAsync(shop, browser);
        await browser.SignInAsync("ada@example.com", "a few good words");
        await SignOutAsync(browser);
        var second = await AddAsGuestAsync(shop, browser);
        await browser.SignInAsync("ada@example.com", "a few good words");

        await other.SignInAsync("ada@example.com", "a few good words");

        Assert.Equal([second, first], GuestsIn(shop.Fakes.CallsOf("Merge").Last().Token));
        Assert.Equal(new[] { first, second }.Order(), (await GuestsWhoseOrdersAreListedAsync(shop, other)).Order());
    }

    [Fact]
    public async Task Registration_OfASecondPersonInABrowser_AnnouncesNoGuest()
    {
        await using var shop = await Shop.OpenAsync(servers, settings => settings["ConnectionStrings:messaging"] = "amqp://127.0.0.1:1");
        var browser = new Browser(Shopping(shop));
        var guest = await AddAsGuestAsync(shop, browser);
        await browser.RegisterAsync("ada@example.com", "a few good words");
        await SignOutAsync(browser);

        await browser.RegisterAsync("bob@example.com", "a few good words");

        Assert.Equal(1, await CountAsync(shop, $"select count(*) from messaging.outbox where convert_from(content, 'UTF8') like '%{guest}%'"));
    }

    [Theory]
    [InlineData("o'hara@example.com")]
    [InlineData("a&b!@example.com")]
    [InlineData("a/b#c=d@example.com")]
    [InlineData("jürgen.치즈@example.com")]
    public async Task Address_WithAnyCharacterThatAddressesMayHave_RegistersAndSignsIn(string email)
    {
        await using var shop = await Shop.OpenAsync(servers);

        using var registered = await new Browser(shop).RegisterAsync(email, "a few good words");
        using var signedIn = await new Browser(shop).SignInAsync(email, "a few good words");

        Assert.Equal(HttpStatusCode.Found, registered.StatusCode);
        Assert.Equal(HttpStatusCode.Found, signedIn.StatusCode);
    }

    [Theory]
    [InlineData("caf\u00e9 am n\u00e4chsten Morgen", "cafe\u0301 am na\u0308chsten Morgen")]
    [InlineData("cafe\u0301 am na\u0308chsten Morgen", "caf\u00e9 am n\u00e4chsten Morgen")]
    public async Task Password_InAnotherUnicodeForm_SignsIn(string registered, string typed)
    {
        await using var shop = await Shop.OpenAsync(servers);
        await new Browser(shop).RegisterAsync("ada@example.com", registered);

        using var signedIn = await new Browser(shop).SignInAsync("ada@example.com", typed);

        Assert.Equal(HttpStatusCode.Found, signedIn.StatusCode);
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/register")]
    public async Task Form_WithAnAddressThatIsNoText_SaysSoBesideTheField(string path)
    {
        await using var shop = await Shop.OpenAsync(servers);
        var browser = new Browser(shop);

        foreach (var email in new[] { "ada\u0001@example.com", "ada\uFFFE@example.com" })
        {
            await browser.GetAsync(path);
            using var response = await browser.SubmitAsync(path, ("Form.Name", "Ada"), ("Form.Email", email), ("Form.Password", "a few good words"));

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Contains("There is an invisible character in it.", browser.Html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task AdminPages_AreForAdmins()
    {
        await using var shop = await Shop.OpenAsync(servers);
        shop.Fakes.WithCatalog().Json("GET /api/orders/to-ship", Things.Page());
        var stranger = new Browser(shop);
        var customer = new Browser(shop);
        var admin = new Browser(shop);
        await customer.RegisterAsync("ada@example.com", "a few good words");
        await admin.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);

        foreach (var path in new[] { "/admin/products", "/admin/products/1", "/admin/orders" })
        {
            using var toSignIn = await stranger.GetAsync(path);
            using var denied = await customer.GetAsync(path);
            using var shown = await admin.GetAsync(path);

            Assert.StartsWith("/sign-in?returnUrl=", toSignIn.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
            Assert.StartsWith("/denied", denied.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        }
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("/\\evil.example")]
    public async Task SigningIn_NeverLeadsElsewhere(string returnUrl)
    {
        await using var shop = await Shop.OpenAsync(servers);
        var browser = new Browser(shop);
        var path = $"/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}";
        await browser.GetAsync(path);

        using var response = await browser.SubmitAsync(path, ("Form.Email", Shop.AdminEmail), ("Form.Password", Shop.AdminPassword));

        Assert.Equal("/", response.Headers.Location!.IsAbsoluteUri ? response.Headers.Location.PathAndQuery : response.Headers.Location.ToString());
    }

    private static Shop Shopping(Shop shop)
    {
        shop.Fakes.WithCatalog().WithBasket(Things.Basket()).Json("GET /api/orders", Things.Page())
            .Grpc("SetQuantity", Things.Basket(Things.Line())).Grpc("Merge", Things.Basket(Things.Line()));
        return shop;
    }

    /// <summary>Puts something into the basket, and returns the guest that this was.</summary>
    private static async Task<string> AddAsGuestAsync(Shop shop, Browser browser)
    {
        await browser.GetAsync("/products/1");
        await browser.SubmitAsync("/basket/add");
        var claims = Claims(shop.Fakes.CallsOf("SetQuantity").Last().Token);
        Assert.Equal("true", claims["guest"]);
        return claims["sub"];
    }

    private static async Task<string[]> GuestsWhoseOrdersAreListedAsync(Shop shop, Browser browser)
    {
        await browser.GetAsync("/orders");
        return GuestsIn(shop.Fakes.Calls.Last(call => call.Call == "GET /api/orders").Token);
    }

    private static async Task LeaveAsync(Browser browser, bool signsOut)
    {
        if (signsOut)
        {
            await SignOutAsync(browser);
        }
        else
        {
            browser.Lose("shop.auth");
        }
    }

    private static async Task SignOutAsync(Browser browser)
    {
        await browser.GetAsync("/account");
        await browser.SubmitAsync("/sign-out");
    }

    private static string[] GuestsIn(string? token) =>
        [.. new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(token).Claims.Where(claim => claim.Type == "guest_id").Select(claim => claim.Value)];

    private static Dictionary<string, string> Claims(string? token) =>
        new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(token).Claims.ToDictionary(claim => claim.Type, claim => claim.Value);

    private static async Task<long> CountAsync(Shop shop, string sql)
    {
        await using var connection = new NpgsqlConnection(shop["ConnectionStrings:identitydb"]);
        await connection.OpenAsync(Stop);
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(Stop))!;
    }
}
