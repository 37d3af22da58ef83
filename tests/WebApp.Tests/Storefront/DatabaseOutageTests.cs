using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Servers;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Storefront;

public sealed class DatabaseOutageTests(TestServers servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignIn_WhileTheServerRefusesConnections_IsAnswered503WithinThreeSeconds()
    {
        Gate? gate = null;
        await using var shop = await Shop.OpenAsync(
            servers, settings => (gate, settings["ConnectionStrings:identitydb"]) = Gate.Before(settings["ConnectionStrings:identitydb"]!));
        using var open = gate!;
        shop.Fakes.WithCatalog();
        using var http = shop.CreateClient();
        var browser = new Browser(shop);
        await browser.GetAsync("/sign-in");
        using var before = await SignInAsync();
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);

        open.Close();

        using var token = await WithinThreeSecondsAsync(SignInAsync);
        using var form = await WithinThreeSecondsAsync(
            () => browser.SubmitAsync("/sign-in", ("Form.Email", Shop.AdminEmail), ("Form.Password", Shop.AdminPassword)));
        using var health = await WithinThreeSecondsAsync(() => http.GetAsync("health", Stop));
        using var products = await http.GetAsync("/", Stop);

        Assert.All([token, form, health], response => Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode));
        Assert.All([token, form], response => Assert.NotNull(response.Headers.RetryAfter));
        Assert.Equal("application/problem+json", token.Content.Headers.ContentType?.MediaType);
        Assert.Equal("text/html", form.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.OK, products.StatusCode);

        Task<HttpResponseMessage> SignInAsync() => http.PostAsJsonAsync(
            "api/identity/token", new { email = Shop.AdminEmail, password = Shop.AdminPassword }, Stop);
    }

    private static async Task<HttpResponseMessage> WithinThreeSecondsAsync(Func<Task<HttpResponseMessage>> sendAsync)
    {
        var started = Stopwatch.GetTimestamp();
        var response = await sendAsync();
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(3));
        return response;
    }
}
