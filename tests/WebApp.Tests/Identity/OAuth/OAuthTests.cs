using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Identity.OAuth;

/// <summary>Programs that get tokens by OAuth.</summary>
public sealed class OAuthTests(TestServers servers)
{
    private const string Integration = "warehouse";
    private const string OpenerPolicy = "Cross-Origin-Opener-Policy";
    private const string Secret = "a secret of the warehouse, long enough";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Discovery_HasThePublicAddress_WhateverTheHostOfTheRequest()
    {
        await using var shop = await OpenAsync();
        using var http = Client(shop);

        var document = (await http.GetFromJsonAsync<JsonNode>("/.well-known/openid-configuration", Stop))!;

        Assert.Equal("https://shop.example/", (string?)document["issuer"]);
        Assert.Equal("https://shop.example/connect/authorize", (string?)document["authorization_endpoint"]);
        Assert.Equal("https://shop.example/connect/token", (string?)document["token_endpoint"]);
        Assert.Equal("https://shop.example/.well-known/jwks", (string?)document["jwks_uri"]);
        Assert.DoesNotContain("password", $"{document["grant_types_supported"]}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task OwnProgram_SignsAPersonIn_AndRefreshes_UntilThePasswordChanges()
    {
        await using var shop = await OpenAsync();
        shop.Clock.Freeze();
        var program = new OAuthProgram("own", "https://own.example/callback");
        var browser = new Browser(shop, https: true);
        using var http = Client(shop);

        var code = await program.SignInAsync(browser, Shop.AdminEmail, Shop.AdminPassword);
        var first = await program.ExchangeAsync(http, code);

        var token = new JsonWebToken((string?)first["access_token"]);
        Assert.Equal("https://shop.example/", token.Issuer);
        Assert.Equal("shop", Assert.Single(token.Audiences));
        Assert.Equal("admin", token.GetClaim("role").Value);
        Assert.Contains(token.Kid, await KeyIdsAsync(http));
        Assert.False(new JsonWebToken((string?)first["id_token"]).TryGetClaim("role", out _));
        Assert.Equal(HttpStatusCode.OK, await DeadLettersAsync(http, (string?)first["access_token"]));
        Assert.Equal(HttpStatusCode.Unauthorized, await DeadLettersAsync(http, (string?)first["id_token"]));
        Assert.Equal("invalid_grant", (string?)(await program.ExchangeAsync(http, code))["error"]);
        var second = await program.RefreshAsync(http, (string)(await RenewAsync())["refresh_token"]!);

        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("invalid_grant", (string?)(await program.RefreshAsync(http, (string)first["refresh_token"]!))["error"]);
        Assert.NotNull(second["access_token"]);

        async Task<JsonNode> RenewAsync() => await program.RefreshAsync(
            http, (string)(await program.ExchangeAsync(http, await program.AgainAsync(browser)))["refresh_token"]!);
    }

    [Fact]
    public async Task RefreshToken_IsVoid_AfterANewPassword()
    {
        await using var shop = await OpenAsync();
        shop.Fakes.WithCatalog().WithBasket(Things.Basket());
        var program = new OAuthProgram("own", "https://own.example/callback");
        var browser = new Browser(shop, https: true);
        using var http = Client(shop);
        var tokens = await program.ExchangeAsync(http, await program.SignInAsync(browser, Shop.AdminEmail, Shop.AdminPassword));

        await browser.GetAsync("/account/password");
        await browser.SubmitAsync(
            "/account/password", ("Form.CurrentPassword", Shop.AdminPassword), ("Form.NewPassword", "another horse of an admin"));

        Assert.Equal("invalid_grant", (string?)(await program.RefreshAsync(http, (string)tokens["refresh_token"]!))["error"]);
    }

    [Fact]
    public async Task ProgramOfOthers_AsksThePerson_AndAnAnswerOfNoIsPassedOn()
    {
        await using var shop = await OpenAsync();
        var program = new OAuthProgram("app", "https://app.example/callback");
        var browser = new Browser(shop, https: true);
        using var http = Client(shop);
        await browser.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);

        using var asked = await browser.GetAsync(program.Request);
        Assert.StartsWith("/oauth/consent?", $"{asked.Headers.Location}", StringComparison.Ordinal);
        await browser.GetAsync($"{asked.Headers.Location}");
        Assert.Contains("An app wants to act for you", browser.Html, StringComparison.Ordinal);
        var page = browser.Html;
        using var refused = await browser.SubmitAsync("/connect/authorize", ("consent", "no"));
        using var agreed = await browser.BackTo(page).SubmitAsync("/connect/authorize", ("consent", "yes"));
        using var again = await browser.GetAsync(program.Request);

        Assert.StartsWith("https://app.example/callback?error=access_denied", $"{refused.Headers.Location}", StringComparison.Ordinal);
        Assert.StartsWith("https://app.example/callback?code=", $"{agreed.Headers.Location}", StringComparison.Ordinal);
        Assert.StartsWith("https://app.example/callback?code=", $"{again.Headers.Location}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Consent_SaysWhatAnAdministratorGives_AndEndsWithANewPassword()
    {
        await using var shop = await OpenAsync();
        shop.Fakes.WithCatalog().WithBasket(Things.Basket());
        var program = new OAuthProgram("app", "https://app.example/callback");
        var (admin, ada) = (new Browser(shop, https: true), new Browser(shop, https: true));
        await admin.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);
        await ada.RegisterAsync("ada@example.com", "a few good words");
        await ShowConsentAsync(ada, program);
        Assert.DoesNotContain("manage the shop", ada.Html, StringComparison.Ordinal);

        await ShowConsentAsync(admin, program);
        Assert.Contains("manage the shop as you can", admin.Html, StringComparison.Ordinal);
        await admin.SubmitAsync("/connect/authorize", ("consent", "yes"));
        await admin.GetAsync("/account/password");
        await admin.SubmitAsync(
            "/account/password", ("Form.CurrentPassword", Shop.AdminPassword), ("Form.NewPassword", "another horse of an admin"));

        await ShowConsentAsync(admin, program);
    }

    [Fact]
    public async Task Integration_ActsForItself_WithItsSecretOnly()
    {
        await using var shop = await OpenAsync();
        using var http = Client(shop);

        var tokens = await IntegrationAsync(http, Secret, ("scope", "shop"));
        var wrong = await IntegrationAsync(http, "wrong", ("scope", "shop"));
        var noScope = await IntegrationAsync(http, Secret);
        var password = await OAuthProgram.TokenAsync(
            http, ("grant_type", "password"), ("client_id", "own"), ("username", Shop.AdminEmail), ("password", Shop.AdminPassword));

        Assert.Equal(HttpStatusCode.OK, await DeadLettersAsync(http, (string?)tokens["access_token"]));
        Assert.Equal("invalid_client", (string?)wrong["error"]);
        Assert.Equal(HttpStatusCode.Unauthorized, await DeadLettersAsync(http, (string?)noScope["access_token"]));
        Assert.Equal("unsupported_grant_type", (string?)password["error"]);
    }

    /// <summary>A program that opens the sign-in in a window waits until that window is back at the program's own address.</summary>
    [Fact]
    public async Task WindowOfTheSignIn_IsNotCutOffFromItsProgram()
    {
        await using var shop = await OpenAsync();
        var browser = new Browser(shop, https: true);
        var own = new OAuthProgram("own", "https://own.example/callback");
        var app = new OAuthProgram("app", "https://app.example/callback");

        using var toSignIn = await browser.GetAsync(own.Request);
        using var page = await browser.GetAsync($"{toSignIn.Headers.Location}");
        await browser.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);
        using var granted = await browser.GetAsync(own.Request);
        using var toConsent = await browser.GetAsync(app.Request);
        using var consent = await browser.GetAsync($"{toConsent.Headers.Location}");
        using var other = await browser.GetAsync("/sign-in");

        Assert.All([toSignIn, page, granted, toConsent, consent], answer => Assert.False(answer.Headers.Contains(OpenerPolicy)));
        Assert.Equal("same-origin", Assert.Single(other.Headers.GetValues(OpenerPolicy)));
    }

    /// <summary>A form that a script sends cannot leave the shop, and the browser checks the address that a form leads to.</summary>
    [Fact]
    public async Task NewAccount_LeadsBackToTheProgram()
    {
        await using var shop = await OpenAsync();
        var browser = new Browser(shop, https: true);
        var program = new OAuthProgram("app", "https://app.example/callback");
        var register = $"/register?returnUrl={Uri.EscapeDataString(program.Request)}";
        await browser.GetAsync(register);
        await browser.SubmitAsync(register, ("Form.Name", "Ada"), ("Form.Email", "ada@example.com"), ("Form.Password", "a few good words"));
        var path = (await shop.Mail.ReceivedAsync("ada@example.com")).Path;

        using var page = await browser.GetAsync(path);
        var form = browser.Html[browser.Html.IndexOf("name=\"_handler\" value=\"confirm\"", StringComparison.Ordinal)..];
        var tag = browser.Html[..^form.Length].Split("<form").Last();
        using var confirmed = await browser.SubmitAsync(path, ("Form.Password", "a few good words"));

        Assert.DoesNotContain("data-enhance", tag, StringComparison.Ordinal);
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("form-action 'self' https:", policy, StringComparison.Ordinal);
        Assert.False(page.Headers.Contains(OpenerPolicy));
        Assert.Equal(program.Request, $"{confirmed.Headers.Location}");
    }

    [Fact]
    public async Task Request_WithoutPkce_OrToAnotherAddress_GetsNoCode()
    {
        await using var shop = await OpenAsync();
        var program = new OAuthProgram("own", "https://own.example/callback");
        var browser = new Browser(shop, https: true);
        await browser.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);

        using var elsewhere = await browser.GetAsync(program.Request.Replace("own.example", "evil.example", StringComparison.Ordinal));
        using var plain = await browser.GetAsync(program.Request.Split("&code_challenge=")[0]);

        Assert.Equal(HttpStatusCode.BadRequest, elsewhere.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, plain.StatusCode);
    }

    [Fact]
    public async Task RotatedKeys_OverlapUntilTheOldOneIsRemoved()
    {
        await using var shop = await OpenAsync();
        using var http = Client(shop);
        var old = await IntegrationTokenAsync(http);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var fresh = Convert.ToBase64String(key.ExportPkcs8PrivateKey());

        await using var both = shop.OpenReplica(settings => settings["Tokens:SigningKey"] = $"{fresh},{settings["Tokens:SigningKey"]}");
        using var atBoth = Client(both);
        await using var last = shop.OpenReplica(settings => settings["Tokens:SigningKey"] = fresh);
        using var atLast = Client(last);

        Assert.Equal(2, (await KeyIdsAsync(atBoth)).Length);
        var rotated = await IntegrationTokenAsync(atBoth);
        Assert.NotEqual(new JsonWebToken(old).Kid, new JsonWebToken(rotated).Kid);
        Assert.Equal(HttpStatusCode.OK, await DeadLettersAsync(atBoth, old));
        Assert.Equal(HttpStatusCode.OK, await DeadLettersAsync(atBoth, rotated));
        Assert.Equal(HttpStatusCode.OK, await DeadLettersAsync(atLast, rotated));
        Assert.Equal(HttpStatusCode.Unauthorized, await DeadLettersAsync(atLast, old));
    }

    private static async Task ShowConsentAsync(Browser browser, OAuthProgram program)
    {
        using var asked = await browser.GetAsync(program.Request);
        Assert.StartsWith("/oauth/consent?", $"{asked.Headers.Location}", StringComparison.Ordinal);
        await browser.GetAsync($"{asked.Headers.Location}");
    }

    private Task<Shop> OpenAsync() => Shop.OpenAsync(servers, settings =>
    {
        settings["OAuth:Clients:0:Id"] = Integration;
        settings["OAuth:Clients:0:Secret"] = Secret;
        settings["OAuth:Clients:0:Role"] = "admin";
        settings["OAuth:Clients:1:Id"] = "app";
        settings["OAuth:Clients:1:Name"] = "An app";
        settings["OAuth:Clients:1:RedirectUris:0"] = "https://app.example/callback";
        settings["OAuth:Clients:2:Id"] = "own";
        settings["OAuth:Clients:2:IsOwn"] = "true";
        settings["OAuth:Clients:2:RedirectUris:0"] = "https://own.example/callback";
    });

    private static HttpClient Client(Shop shop) => shop.CreateDefaultClient(new Uri("https://localhost"));

    private static async Task<string> IntegrationTokenAsync(HttpClient http) =>
        (string)(await IntegrationAsync(http, Secret, ("scope", "shop")))["access_token"]!;

    private static Task<JsonNode> IntegrationAsync(HttpClient http, string secret, params (string Name, string Value)[] more) =>
        OAuthProgram.TokenAsync(
            http, [("grant_type", "client_credentials"), ("client_id", Integration), ("client_secret", secret), .. more]);

    private static async Task<string[]> KeyIdsAsync(HttpClient http) =>
        [.. (await http.GetFromJsonAsync<JsonNode>("/.well-known/jwks", Stop))!["keys"]!.AsArray().Select(key => (string)key!["kid"]!)];

    private static async Task<HttpStatusCode> DeadLettersAsync(HttpClient http, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/dead-letters/webapp");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request, Stop);
        return response.StatusCode;
    }
}
