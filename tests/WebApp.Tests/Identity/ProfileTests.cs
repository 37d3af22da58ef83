using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Servers;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Identity;

/// <summary>What people change of their account, and that the other services follow.</summary>
public sealed class ProfileTests(TestServers servers)
{
    private const string Ada = "ada@example.com";
    private const string NewAddress = "ada.lovelace@example.org";
    private const string Password = "a few good words";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Name_Changes_InTheHeader_AndInTheEvent_AndTheSessionGoesOn()
    {
        await using var shop = await OpenAsync();
        await using var broker = await shop.ListenAsync(Stop);
        var ada = await RegisterAsync(shop);

        await ada.GetAsync("/account/name");
        await ada.SubmitAsync("/account/name", ("Form.Name", "\u200B"));
        Assert.Contains("Enter at least one visible character.", ada.Html, StringComparison.Ordinal);
        await ada.SubmitAsync("/account/name", ("Form.Name", "Countess Ada"));
        await ada.GetAsync("/account");

        Assert.Contains("Account of Countess Ada", ada.Html, StringComparison.Ordinal);
        var changed = await HeardAsync(broker, "identity.user-changed");
        Assert.Equal("Countess Ada", (string?)changed["name"]);
        Assert.Equal(Ada, (string?)changed["email"]);
        Assert.Equal(1, (long)changed["version"]!);
    }

    [Fact]
    public async Task Email_Changes_OnceTheLinkToTheNewAddressIsOpened_AndTheOldOneGetsANotice()
    {
        await using var shop = await OpenAsync();
        await using var broker = await shop.ListenAsync(Stop);
        var (ada, other) = (await RegisterAsync(shop), new Browser(shop));
        await other.SignInAsync(Ada, Password);

        await AskForEmailAsync(ada, NewAddress, "wrong");
        Assert.Contains("The password is wrong.", ada.Html, StringComparison.Ordinal);
        await AskForEmailAsync(ada, Ada, Password);
        Assert.Contains("This is your address already.", ada.Html, StringComparison.Ordinal);
        await AskForEmailAsync(ada, NewAddress, Password);
        var path = (await shop.Mail.ReceivedAsync(NewAddress, "Confirm your new e-mail address")).Path;
        Assert.DoesNotContain(broker.Heard, message => message.Type == "identity.user-changed");
        await ada.GetAsync(path);
        using var confirmed = await ada.SubmitAsync(path);

        Assert.Equal("/account", $"{confirmed.Headers.Location}");
        Assert.Equal(NewAddress, (string?)(await HeardAsync(broker, "identity.user-changed"))["email"]);
        await shop.Mail.ReceivedAsync(Ada, "Your e-mail address was changed");
        await ada.GetAsync("/account");
        Assert.Contains(NewAddress, ada.Html, StringComparison.Ordinal);
        using var ended = await other.GetAsync("/account");
        using var oldAddress = await other.SignInAsync(Ada, Password);
        using var newAddress = await other.SignInAsync(NewAddress, Password);
        Assert.Equal(
            (HttpStatusCode.Found, HttpStatusCode.OK, HttpStatusCode.Found),
            (ended.StatusCode, oldAddress.StatusCode, newAddress.StatusCode));
        await ada.GetAsync(path);
        Assert.Contains("This link no longer works", ada.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Email_ThatHasAnAccount_IsAnsweredTheSame_AndItsOwnerGetsTheMail()
    {
        await using var shop = await OpenAsync();
        var ada = await RegisterAsync(shop);
        await new Browser(shop).RegisterAsync("bob@example.com", Password);

        await AskForEmailAsync(ada, "bob@example.com", Password);

        Assert.Contains("Look into the mailbox of the new address.", ada.Html, StringComparison.Ordinal);
        var mail = await shop.Mail.ReceivedAsync("bob@example.com", "This address has an account already");
        Assert.DoesNotContain("secret=", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeletedAccount_IsGone_EverywhereItSignedIn_AndTheOtherServicesAreTold()
    {
        await using var shop = await OpenAsync();
        await using var broker = await shop.ListenAsync(Stop);
        var (ada, other) = (await RegisterAsync(shop), new Browser(shop));
        await other.SignInAsync(Ada, Password);
        var order = Guid.CreateVersion7();
        shop.Fakes.Json($"GET /api/orders/{order}", Things.Order(order));
        await ada.GetAsync($"/orders/{order}?key=q8mX1cVtqJmB0mJc4bQ3w2fJp6uYz7aR");
        Assert.True(ada.Has("shop.orders"));

        await ada.GetAsync("/account/delete");
        await ada.SubmitAsync("/account/delete", ("Form.Password", "wrong"));
        Assert.Contains("The password is wrong.", ada.Html, StringComparison.Ordinal);
        using var deleted = await ada.SubmitAsync("/account/delete", ("Form.Password", Password));

        Assert.Equal("/", $"{deleted.Headers.Location}");
        Assert.False(ada.Has("shop.orders"));
        await HeardAsync(broker, "identity.user-deleted");
        await shop.Mail.ReceivedAsync(Ada, "Your account is deleted");
        using var ended = await other.GetAsync("/account");
        using var signedIn = await other.SignInAsync(Ada, Password);
        Assert.Equal((HttpStatusCode.Found, HttpStatusCode.OK), (ended.StatusCode, signedIn.StatusCode));
        using var again = await new Browser(shop).RegisterAsync(Ada, Password);
        Assert.Equal(HttpStatusCode.Found, again.StatusCode);
    }

    [Fact]
    public async Task AccountThatRunsTheShop_CannotBeDeleted()
    {
        await using var shop = await OpenAsync();
        var admin = new Browser(shop);
        await admin.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);

        await admin.GetAsync("/account/delete");
        await admin.SubmitAsync("/account/delete", ("Form.Password", Shop.AdminPassword));

        Assert.Contains("This account runs the shop", admin.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_AreDownloaded_WithOrders_AndOnlyComplete()
    {
        await using var shop = await OpenAsync();
        var ada = await RegisterAsync(shop);
        await SaveAddressAsync(ada, "1 Harbour Road");
        var order = Guid.NewGuid();
        using var incomplete = await ada.GetAsync("/account/export");
        shop.Fakes.Json("GET /api/orders", Things.Page(Things.Order(order)));

        using var file = await ada.GetAsync("/account/export");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, incomplete.StatusCode);
        Assert.Equal("your-data.json", file.Content.Headers.ContentDisposition?.FileName);
        var data = (await file.Content.ReadFromJsonAsync<JsonNode>(Stop))!;
        Assert.Equal(Ada, (string?)data["account"]!["email"]);
        Assert.Equal("1 Harbour Road", (string?)Assert.Single(data["addresses"]!.AsArray())!["street"]);
        Assert.Equal($"{order}", (string?)Assert.Single(data["orders"]!.AsArray())!["id"]);
        Assert.Single(data["sessions"]!.AsArray());
    }

    [Fact]
    public async Task Addresses_AreSaved_OneIsTheDefault_AndNobodyReachesThoseOfAnother()
    {
        await using var shop = await OpenAsync();
        var ada = await RegisterAsync(shop);
        var eve = new Browser(shop);
        await eve.RegisterAsync("eve@example.com", Password);
        await ada.GetAsync("/account/addresses/new");
        await ada.SubmitAsync("/account/addresses/new", ("Form.Name", "Ada"), ("Form.Street", "Typed Road"), ("Form.Country", "Atlantis"));
        Assert.Contains("Enter the postal code.", ada.Html, StringComparison.Ordinal);
        Assert.Contains("Typed Road", ada.Html, StringComparison.Ordinal);
        await SaveAddressAsync(ada, "1 Harbour Road");
        await SaveAddressAsync(ada, "2 Hill Road");
        await ada.GetAsync("/account/addresses");

        await ada.SubmitAsync("/account/addresses/default");
        await ada.GetAsync("/account/addresses");
        var second = ada.Hidden("id");

        shop.Fakes.WithBasket(Things.Basket(Things.Line()));
        await ada.GetAsync("/checkout");
        Assert.Contains("value=\"2 Hill Road\"", ada.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"4000-001\"", ada.Html, StringComparison.Ordinal);
        await ada.GetAsync("/account/addresses");
        Assert.True(
            ada.Html.IndexOf("2 Hill Road", StringComparison.Ordinal) < ada.Html.IndexOf("1 Harbour Road", StringComparison.Ordinal));
        using var others = await eve.GetAsync($"/account/addresses/{second}");
        Assert.Equal(HttpStatusCode.NotFound, others.StatusCode);
        await SaveAddressAsync(eve, "3 Eve Road");
        await eve.GetAsync("/account/addresses");
        await eve.SubmitAsync("/account/addresses/delete", ("id", second));
        await ada.GetAsync("/account/addresses");
        Assert.Contains("2 Hill Road", ada.Html, StringComparison.Ordinal);
        await ada.SubmitAsync("/account/addresses/delete", ("id", second));
        await ada.GetAsync("/account/addresses");
        Assert.DoesNotContain("2 Hill Road", ada.Html, StringComparison.Ordinal);
        Assert.Single(ada.Html.Split("badge good").Skip(1));
    }

    [Fact]
    public async Task AddressThatIsDeletedInAnotherTab_CannotBeSaved_AndWhatWasTypedIsKept()
    {
        await using var shop = await OpenAsync();
        var ada = await RegisterAsync(shop);
        await SaveAddressAsync(ada, "1 Harbour Road");
        await ada.GetAsync("/account/addresses");
        var path = $"/account/addresses/{ada.Hidden("id")}";
        await ada.GetAsync(path);
        var form = ada.Html;
        await ada.GetAsync("/account/addresses");
        await ada.SubmitAsync("/account/addresses/delete");

        await ada.BackTo(form).SubmitAsync(
            path, ("Form.Name", "Ada Test"), ("Form.Street", "Typed Road"), ("Form.ZipCode", "4000-001"), ("Form.City", "Porto"),
            ("Form.Country", "Portugal"));

        Assert.Contains("This address was deleted elsewhere. Add it again.", ada.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"Typed Road\"", ada.Html, StringComparison.Ordinal);
    }

    private async Task<Shop> OpenAsync()
    {
        var shop = await Shop.OpenOnRabbitMqAsync(servers);
        shop.Fakes.WithCatalog().WithBasket(Things.Basket());
        return shop;
    }

    private static async Task<Browser> RegisterAsync(Shop shop)
    {
        var ada = new Browser(shop);
        await ada.RegisterAsync(Ada, Password);
        return ada;
    }

    private static async Task AskForEmailAsync(Browser browser, string email, string password)
    {
        await browser.GetAsync("/account/email");
        await browser.SubmitAsync("/account/email", ("Form.Email", email), ("Form.Password", password));
    }

    private static async Task SaveAddressAsync(Browser browser, string street)
    {
        await browser.GetAsync("/account/addresses/new");
        using var saved = await browser.SubmitAsync(
            "/account/addresses/new", ("Form.Name", "Ada Test"), ("Form.Street", street), ("Form.ZipCode", "4000-001"),
            ("Form.City", "Porto"), ("Form.Country", "Portugal"));
        Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
    }

    private static async Task<JsonNode> HeardAsync(Stranger broker, string type)
    {
        await Eventually.TrueAsync(() => broker.Heard.Any(message => message.Type == type), $"{type} is published");
        return broker.Heard.First(message => message.Type == type).Body;
    }
}
