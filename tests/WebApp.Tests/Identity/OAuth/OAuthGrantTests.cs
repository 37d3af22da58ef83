using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using WebApp.Identity.OAuth;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Identity.OAuth;

/// <summary>How long the database keeps tokens and what people agreed to.</summary>
public sealed class OAuthGrantTests(TestServers servers)
{
    private const string Password = "a few good words";
    private const string Tokens = "select count(*) from oauth_tokens";
    private const string Grants = "select string_agg(type, ',' order by type) from oauth_authorizations";

    private const string Subjects =
        "select count(*) from (select subject from oauth_tokens union select subject from oauth_authorizations) subjects";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ExpiredTokens_AreDeleted_AndWhatPeopleAgreedToStays()
    {
        await using var shop = await OpenAsync();
        var (own, app) = (new OAuthProgram("own", "https://own.example/callback"), new OAuthProgram("app", "https://app.example/callback"));
        using var http = Client(shop);
        await using var scope = shop.Services.CreateAsyncScope();
        var grants = scope.ServiceProvider.GetRequiredService<OAuthGrants>();
        var browser = new Browser(shop, https: true);
        await own.ExchangeAsync(http, await own.SignInAsync(browser, Shop.AdminEmail, Shop.AdminPassword));
        using var asked = await browser.GetAsync(app.Request);
        await browser.GetAsync($"{asked.Headers.Location}");
        using var agreed = await browser.SubmitAsync("/connect/authorize", ("consent", "yes"));
        await app.ExchangeAsync(http, await app.AgainAsync(browser));
        var before = await ReadAsync<long>(shop, Tokens);

        await grants.DeleteOldAsync(Stop);
        Assert.Equal((before, "ad-hoc,permanent"), (await ReadAsync<long>(shop, Tokens), await ReadAsync<string>(shop, Grants)));

        shop.Clock.Advance(TimeSpan.FromDays(15));
        await grants.DeleteOldAsync(Stop);
        Assert.Equal((0, "permanent"), (await ReadAsync<long>(shop, Tokens), await ReadAsync<string>(shop, Grants)));

        var fresh = await own.ExchangeAsync(
            http, await own.SignInAsync(new Browser(shop, https: true), Shop.AdminEmail, Shop.AdminPassword));
        await grants.DeleteOldAsync(Stop);
        Assert.NotNull((await own.RefreshAsync(http, (string)fresh["refresh_token"]!))["access_token"]);
    }

    [Fact]
    public async Task DeletedAccount_LeavesNoTokensAndNoGrants()
    {
        await using var shop = await OpenAsync();
        shop.Fakes.WithCatalog().WithBasket(Things.Basket());
        var own = new OAuthProgram("own", "https://own.example/callback");
        using var http = Client(shop);
        var (ada, admin) = (new Browser(shop, https: true), new Browser(shop, https: true));
        await ada.RegisterAsync("ada@example.com", Password);
        var tokens = await own.ExchangeAsync(http, await own.AgainAsync(ada));
        await own.ExchangeAsync(http, await own.SignInAsync(admin, Shop.AdminEmail, Shop.AdminPassword));
        Assert.Equal(2, await ReadAsync<long>(shop, Subjects));

        await ada.GetAsync("/account/delete");
        await ada.SubmitAsync("/account/delete", ("Form.Password", Password));

        Assert.Equal(1, await ReadAsync<long>(shop, Subjects));
        Assert.Equal("invalid_grant", (string?)(await own.RefreshAsync(http, (string)tokens["refresh_token"]!))["error"]);
    }

    private Task<Shop> OpenAsync() => Shop.OpenAsync(servers, settings =>
    {
        settings["OAuth:Clients:0:Id"] = "app";
        settings["OAuth:Clients:0:RedirectUris:0"] = "https://app.example/callback";
        settings["OAuth:Clients:1:Id"] = "own";
        settings["OAuth:Clients:1:IsOwn"] = "true";
        settings["OAuth:Clients:1:RedirectUris:0"] = "https://own.example/callback";
    });

    private static HttpClient Client(Shop shop) => shop.CreateDefaultClient(new Uri("https://localhost"));

    private static async Task<T> ReadAsync<T>(Shop shop, string sql)
    {
        await using var database = NpgsqlDataSource.Create(shop["ConnectionStrings:identitydb"]);
        await using var command = database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(Stop))!;
    }
}
