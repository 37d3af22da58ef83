using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Servers;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Identity;

/// <summary>What a guest did before they signed in belongs to their account.</summary>
public sealed class GuestTests(TestServers servers)
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task SigningIn_MergesTheGuestsBasket()
    {
        await using var shop = await OpenAsync();
        var browser = new Browser(shop);
        var guest = await AddAsGuestAsync(shop, browser);

        await browser.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);

        var merge = new JsonWebToken(shop.Fakes.CallsOf("Merge").Single().Token);
        Assert.Equal(guest, merge.GetClaim("guest_id").Value);
        Assert.Equal("admin", merge.GetClaim("role").Value);
    }

    [Fact]
    public async Task SigningIn_WhileBasketIsDown_WorksAndPublishesTheAdoption()
    {
        await using var shop = await OpenAsync();
        await using var broker = await shop.ListenAsync(Stop);
        var browser = new Browser(shop);
        var guest = await AddAsGuestAsync(shop, browser);
        shop.Fakes.GrpcRefusal("Merge", Grpc.Core.StatusCode.Unavailable, "down");

        using var response = await browser.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);
        using var account = await browser.GetAsync("/account");

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, account.StatusCode);
        await AdoptedAsync(broker, guest);
    }

    [Fact]
    public async Task Registering_PublishesTheAdoption_WithTheAccount()
    {
        await using var shop = await OpenAsync();
        await using var broker = await shop.ListenAsync(Stop);
        var browser = new Browser(shop);
        var guest = await AddAsGuestAsync(shop, browser);

        await browser.RegisterAsync("ada@example.com", "a few good words");

        var user = await AdoptedAsync(broker, guest);
        await Eventually.TrueAsync(() => broker.Heard.Any(message =>
            message.Type == "identity.user-registered"
                && (string?)message.Body["userId"] == user
                && (string?)message.Body["email"] == "ada@example.com"));
    }

    [Theory]
    [InlineData("/api/identity/register", "ada@example.com", "a few good words")]
    [InlineData("/api/identity/token", Shop.AdminEmail, Shop.AdminPassword)]
    public async Task Program_WithAGuestsToken_PublishesTheAdoption(string path, string email, string password)
    {
        await using var shop = await OpenAsync();
        await using var broker = await shop.ListenAsync(Stop);
        using var http = shop.CreateClient();
        using var guest = await http.PostAsync("/api/identity/guest", content: null, Stop);
        var token = (string)(await guest.Content.ReadFromJsonAsync<JsonNode>(Stop))!["accessToken"]!;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        using var response = await http.PostAsJsonAsync(path, new { email, password, name = "Ada" }, Stop);

        response.EnsureSuccessStatusCode();
        if (response.StatusCode is HttpStatusCode.Accepted)
        {
            await shop.ConfirmAsync(http, email, password);
        }

        await AdoptedAsync(broker, new JsonWebToken(token).Subject);
    }

    [Fact]
    public async Task EveryGuestThatAPersonWas_IsAdopted_AndNoTokenListsThem()
    {
        await using var shop = await OpenAsync();
        await using var broker = await shop.ListenAsync(Stop);
        var browser = new Browser(shop);
        List<string> guests = [];

        for (var visit = 0; visit < 3; visit++)
        {
            guests.Add(await AddAsGuestAsync(shop, browser));
            await browser.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);
            await browser.GetAsync("/orders");
            await SignOutAsync(browser);
        }

        Assert.Equal(3, guests.Distinct().Count());
        Assert.Single((await Task.WhenAll(guests.Select(guest => AdoptedAsync(broker, guest)))).Distinct());
        Assert.All(
            shop.Fakes.Calls.Where(call => call.Call == "GET /api/orders"),
            call => Assert.False(new JsonWebToken(call.Token).TryGetClaim("guest_id", out _)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Guest_AfterASession_IsAnotherOne_AndTheNextUserAdoptsNothingOfTheFirst(bool signsOut)
    {
        await using var shop = await OpenAsync();
        await using var broker = await shop.ListenAsync(Stop);
        var browser = new Browser(shop);
        var first = await AddAsGuestAsync(shop, browser);
        await browser.RegisterAsync("ada@example.com", "a few good words");
        Assert.False(browser.Has("shop.guest"));

        if (signsOut)
        {
            await SignOutAsync(browser);
        }
        else
        {
            browser.Lose("shop.auth");
        }

        var second = await AddAsGuestAsync(shop, browser);
        await browser.RegisterAsync("bob@example.com", "a few good words");

        Assert.NotEqual(first, second);
        Assert.NotEqual(await AdoptedAsync(broker, first), await AdoptedAsync(broker, second));
        Assert.Equal(2, broker.Heard.Count(message => message.Type == "identity.guest-adopted"));
    }

    private async Task<Shop> OpenAsync()
    {
        var shop = await Shop.OpenOnRabbitMqAsync(servers);
        shop.Fakes.WithCatalog().WithBasket(Things.Basket()).Json("GET /api/orders", Things.Page())
            .Grpc("AddItem", Things.Basket(Things.Line())).Grpc("Merge", Things.Basket(Things.Line()));
        return shop;
    }

    /// <summary>Waits for the event that this guest was adopted, and returns by which user.</summary>
    private static async Task<string> AdoptedAsync(Stranger broker, string guest)
    {
        WireMessage? Find() => broker.Heard.FirstOrDefault(message =>
            message.Type == "identity.guest-adopted" && (string?)message.Body["guestId"] == guest);

        await Eventually.TrueAsync(() => Find() is not null, $"guest {guest} is adopted");
        return (string)Find()!.Body["userId"]!;
    }

    /// <summary>Puts something into the basket, and returns the guest that this made.</summary>
    private static async Task<string> AddAsGuestAsync(Shop shop, Browser browser)
    {
        await browser.GetAsync("/products/1");
        await browser.SubmitAsync("/basket/add");
        var token = new JsonWebToken(shop.Fakes.CallsOf("AddItem").Last().Token);
        Assert.Equal("true", token.GetClaim("guest").Value);
        return token.Subject;
    }

    private static async Task SignOutAsync(Browser browser)
    {
        await browser.GetAsync("/account");
        await browser.SubmitAsync("/sign-out");
    }
}
