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
        await using var shop = await Storefront.OpenAsync(servers, settings => settings["ConnectionStrings:messaging"] = "amqp://127.0.0.1:1");
        var browser = new Browser(shop);

        using var response = await browser.RegisterAsync("ada@example.com", "a few good words");

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Equal(1, await CountAsync(shop, "select count(*) from messaging.outbox where convert_from(content, 'UTF8') like '%ada@example.com%'"));
        Assert.Equal(1, await CountAsync(shop, "select count(*) from users where email = 'ada@example.com'"));
    }

    [Fact]
    public async Task RefusedRegistration_AnnouncesNobody()
    {
        await using var shop = await Storefront.OpenAsync(servers, settings => settings["ConnectionStrings:messaging"] = "amqp://127.0.0.1:1");
        var browser = new Browser(shop);

        await browser.RegisterAsync("ada@example.com", "short");

        Assert.Contains("Use at least 10 characters.", browser.Html, StringComparison.Ordinal);
        Assert.Contains("""aria-invalid="true""", browser.Html, StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync(shop, "select count(*) from messaging.outbox where convert_from(content, 'UTF8') like '%ada@example.com%'"));
    }

    [Fact]
    public async Task SigningIn_MergesTheGuestsBasket()
    {
        await using var shop = await Storefront.OpenAsync(servers);
        shop.Fakes.WithCatalog().WithBasket(Things.Basket()).Grpc("SetQuantity", Things.Basket(Things.Line())).Grpc("Merge", Things.Basket(Things.Line()));
        var browser = new Browser(shop);
        await browser.GetAsync("/products/1");
        await browser.SubmitAsync("/basket/add");

        await browser.SignInAsync(Storefront.AdminEmail, Storefront.AdminPassword);

        var guest = Claims(shop.Fakes.CallsOf("SetQuantity").Single().Token);
        var merge = Claims(shop.Fakes.CallsOf("Merge").Single().Token);
        Assert.Equal("true", guest["guest"]);
        Assert.Equal(guest["sub"], merge["guest_id"]);
        Assert.Equal("admin", merge["role"]);
    }

    [Fact]
    public async Task SigningIn_WhileBasketIsAway_Works()
    {
        await using var shop = await Storefront.OpenAsync(servers);
        shop.Fakes.WithCatalog().WithBasket(Things.Basket()).Grpc("SetQuantity", Things.Basket(Things.Line()));
        var browser = new Browser(shop);
        await browser.GetAsync("/products/1");
        await browser.SubmitAsync("/basket/add");

        using var response = await browser.SignInAsync(Storefront.AdminEmail, Storefront.AdminPassword);
        using var account = await browser.GetAsync("/account");

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, account.StatusCode);
    }

    [Fact]
    public async Task AdminPages_AreForAdmins()
    {
        await using var shop = await Storefront.OpenAsync(servers);
        shop.Fakes.WithCatalog().Json("GET /api/orders/to-ship", Things.Page());
        var stranger = new Browser(shop);
        var customer = new Browser(shop);
        var admin = new Browser(shop);
        await customer.RegisterAsync("ada@example.com", "a few good words");
        await admin.SignInAsync(Storefront.AdminEmail, Storefront.AdminPassword);

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
        await using var shop = await Storefront.OpenAsync(servers);
        var browser = new Browser(shop);
        var path = $"/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}";
        await browser.GetAsync(path);

        using var response = await browser.SubmitAsync(path, ("Form.Email", Storefront.AdminEmail), ("Form.Password", Storefront.AdminPassword));

        Assert.Equal("/", response.Headers.Location!.IsAbsoluteUri ? response.Headers.Location.PathAndQuery : response.Headers.Location.ToString());
    }

    private static Dictionary<string, string> Claims(string? token) =>
        new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(token).Claims.ToDictionary(claim => claim.Type, claim => claim.Value);

    private static async Task<long> CountAsync(Storefront shop, string sql)
    {
        await using var connection = new NpgsqlConnection(shop["ConnectionStrings:identitydb"]);
        await connection.OpenAsync(Stop);
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(Stop))!;
    }
}
