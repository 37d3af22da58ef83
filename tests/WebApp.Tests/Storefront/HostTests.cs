using System.Net;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Storefront;

/// <summary>The header <c>Host</c> is chosen by the client.</summary>
public sealed class HostTests(TestServers servers)
{
    private const string Forged = "evil.example";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/")]
    [InlineData("/api/orders")]
    [InlineData("/api/identity/guest")]
    [InlineData("/no/such/page")]
    public async Task OtherName_IsRefusedWithTheSetting(string path)
    {
        await using var shop = await Shop.BorrowAsync(servers);
        shop.Fakes.WithCatalog();

        using var refused = await GetAsync(shop, path, Forged);
        var text = await refused.Content.ReadAsStringAsync(Stop);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("AllowedHosts", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Forged, text, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(refused.Headers.GetValues("X-Content-Type-Options")));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/products/1")]
    [InlineData("/basket")]
    [InlineData("/sign-in?returnUrl=/orders")]
    [InlineData("/account")]
    [InlineData("/admin/products")]
    [InlineData("/no/such/page")]
    [InlineData("/api/orders")]
    [InlineData("/health")]
    public async Task ForgedHost_IsInNoAnswer_EvenIfAllHostsAreAllowed(string path)
    {
        await using var shop = await Shop.BorrowAsync(servers, ("AllowedHosts", "*"));
        shop.Fakes.WithCatalog().WithBasket(Things.Basket());

        using var answer = await GetAsync(shop, path, Forged);

        Assert.DoesNotContain(Forged, $"{answer}", StringComparison.Ordinal);
        Assert.DoesNotContain(Forged, await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RedirectToSignIn_IsRelative()
    {
        await using var shop = await Shop.BorrowAsync(servers);

        using var answer = await GetAsync(shop, "/admin/products?q=1", "localhost");

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal("/sign-in?returnUrl=%2Fadmin%2Fproducts%3Fq%3D1", Assert.Single(answer.Headers.GetValues("Location")));
    }

    [Theory]
    [InlineData("/", true)]
    [InlineData("/account", true)]
    [InlineData("/api/identity/none", true)]
    [InlineData("/no/such/page", true)]
    [InlineData("/css/base.css", false)]
    public async Task Response_IsNotStored_UnlessItStatesThatItMayBe(string path, bool isPrivate)
    {
        await using var shop = await Shop.BorrowAsync(servers);
        shop.Fakes.WithCatalog();

        using var answer = await GetAsync(shop, path, "localhost");

        Assert.Equal(isPrivate, answer.Headers.CacheControl!.NoStore);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Empty(answer.Headers.Server);
    }

    private static async Task<HttpResponseMessage> GetAsync(Shop shop, string path, string host)
    {
        using var http = shop.CreateDefaultClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = host;
        request.Headers.Add("X-Forwarded-Host", host);
        return await http.SendAsync(request, Stop);
    }
}
