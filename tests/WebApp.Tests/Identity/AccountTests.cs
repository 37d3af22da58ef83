using System.Net;
using Servers;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Identity;

public sealed class AccountTests(TestServers servers)
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Registration_WhileTheBrokerIsDown_IsPublishedWhenItIsUpAgain()
    {
        var earlier = await Shop.OpenOnRabbitMqAsync(servers);
        await using var broker = await earlier.ListenAsync(Stop);
        await earlier.DisposeAsync();
        var (gate, messaging) = Gate.BeforeBroker(earlier["ConnectionStrings:messaging"]);
        using var open = gate;
        gate.Close();
        await using var shop = earlier.OpenReplica(settings => settings["ConnectionStrings:messaging"] = messaging);

        using var response = await new Browser(shop).RegisterAsync("ada@example.com", "a few good words");

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        gate.Open();
        await RegisteredAsync(broker, "ada@example.com");
    }

    [Fact]
    public async Task RefusedRegistration_PublishesNothing()
    {
        await using var shop = await Shop.OpenOnRabbitMqAsync(servers);
        await using var broker = await shop.ListenAsync(Stop);
        var browser = new Browser(shop);

        await browser.RegisterAsync("ada@example.com", "short");

        Assert.Contains("Use at least 10 characters.", browser.Html, StringComparison.Ordinal);
        Assert.Contains("""aria-invalid="true""", browser.Html, StringComparison.Ordinal);
        await browser.RegisterAsync("bob@example.com", "a few good words");
        await RegisteredAsync(broker, "bob@example.com");
        Assert.DoesNotContain(broker.Heard, message => (string?)message.Body["email"] == "ada@example.com");
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
    public async Task Form_WithAnInvisibleCharacterInTheAddress_SaysSoBesideTheField(string path)
    {
        await using var shop = await Shop.OpenAsync(servers);
        var browser = new Browser(shop);

        foreach (var email in new[] { "ada\u0001@example.com", "ada\uFFFE@example.com", "ada\u202E@example.com" })
        {
            await browser.GetAsync(path);
            using var response = await browser.SubmitAsync(
                path, ("Form.Name", "Ada"), ("Form.Email", email), ("Form.Password", "a few good words"));

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Contains("Remove the invisible character and type it again.", browser.Html, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("\u200B\u2060", "Enter at least one visible character.")]
    [InlineData("\u3164", "Enter at least one visible character.")]
    [InlineData("Ada \u202Enimda", "Remove the invisible character and type it again.")]
    [InlineData("Ada \u2066Test", "Remove the invisible character and type it again.")]
    public async Task Name_WithoutVisibleText_OrWithADirectionOverride_IsRefused(string name, string reason)
    {
        await using var shop = await Shop.OpenAsync(servers);
        var browser = new Browser(shop);
        await browser.GetAsync("/register");

        using var response = await browser.SubmitAsync(
            "/register", ("Form.Name", name), ("Form.Email", "ada@example.com"), ("Form.Password", "a few good words"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains($"""href="/register#form-name">{reason}""", browser.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AdminPages_AreForAdmins()
    {
        await using var shop = await Shop.OpenAsync(servers);
        shop.Fakes.WithCatalog().Json("GET /api/orders/all", Things.Page());
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

            Assert.StartsWith("/sign-in?returnUrl=", toSignIn.Headers.Location!.OriginalString, StringComparison.Ordinal);
            Assert.StartsWith("/denied", denied.Headers.Location!.OriginalString, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        }
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("/\\evil.example")]
    public async Task SigningIn_NeverRedirectsToAnotherSite(string returnUrl)
    {
        await using var shop = await Shop.OpenAsync(servers);
        var browser = new Browser(shop);
        var path = $"/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}";
        await browser.GetAsync(path);

        using var response = await browser.SubmitAsync(path, ("Form.Email", Shop.AdminEmail), ("Form.Password", Shop.AdminPassword));

        Assert.Equal(
            "/", response.Headers.Location!.IsAbsoluteUri ? response.Headers.Location.PathAndQuery : response.Headers.Location.ToString());
    }

    private static Task RegisteredAsync(Stranger broker, string email) => Eventually.TrueAsync(
        () => broker.Heard.Any(message => message.Type == "identity.user-registered" && (string?)message.Body["email"] == email),
        $"{email} is published");
}
