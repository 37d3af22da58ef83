using System.Net;
using Microsoft.AspNetCore.Http;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Gateway;

/// <summary>Tests of one service share its shops: the other services have no backend there, so a wrong route fails.</summary>
public sealed class GatewayTests(TestServers servers, Backend backend) : IClassFixture<Backend>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("catalog-api", "/api/catalog/items?pageSize=2", "/api/catalog/items?pageSize=2")]
    [InlineData("basket-api", "/api/basket", "/api/basket")]
    [InlineData("ordering-api", "/api/orders/all?search=ada", "/api/orders/all?search=ada")]
    [InlineData("ordering-api", "/api/webhooks", "/api/webhooks")]
    [InlineData("ordering-api", "/api/webhooks/1/deliveries", "/api/webhooks/1/deliveries")]
    [InlineData("catalog-api", "/api/dead-letters/catalog-api", "/api/dead-letters/catalog-api")]
    [InlineData("basket-api", "/api/dead-letters/basket-api/messages?limit=5", "/api/dead-letters/basket-api/messages?limit=5")]
    [InlineData("ordering-api", "/api/dead-letters/ordering-api/messages/1", "/api/dead-letters/ordering-api/messages/1")]
    [InlineData("catalog-api", "/product-images/7", "/api/catalog/items/7/pic")]
    public async Task PublicRoute_OfAService_IsForwarded(string service, string path, string received)
    {
        await using var shop = await BorrowAsync(service);
        using var http = shop.CreateClient();

        Assert.Equal(received, await http.GetStringAsync(path, Stop));
    }

    [Fact]
    public async Task Response_OfAService_IsNotRewritten()
    {
        await using var shop = await BorrowAsync("catalog-api");
        using var http = shop.CreateClient();
        backend.Change = response =>
        {
            response.StatusCode = StatusCodes.Status202Accepted;
            response.Headers.Location = "/api/orders/7";
            response.Headers.ETag = "\"a\"";
            response.Headers.CacheControl = "public, max-age=3600, stale-while-revalidate=86400";
        };

        foreach (var path in new[] { "/api/catalog/items/7", "/product-images/7" })
        {
            using var response = await http.GetAsync(path, Stop);

            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
            Assert.Equal("/api/orders/7", response.Headers.Location!.OriginalString);
            Assert.Equal("\"a\"", response.Headers.ETag!.Tag);
            Assert.Equal(TimeSpan.FromHours(1), response.Headers.CacheControl!.MaxAge);
        }
    }

    [Fact]
    public async Task Server_OfAService_IsNotNamed()
    {
        await using var shop = await BorrowAsync("catalog-api");
        using var http = shop.CreateClient();
        backend.Change = response => response.Headers.Server = "envoy";

        using var response = await http.GetAsync("/api/catalog/items/7", Stop);

        Assert.Empty(response.Headers.Server);
    }

    [Fact]
    public async Task Request_CarriesTheClientsAddressAndToken_ButNoCookie()
    {
        await using var shop = await BorrowAsync("basket-api");

        await SendFromAsync(shop, "203.0.113.7", "/api/basket", request =>
        {
            request.Headers.Authorization = "Bearer a.b.c";
            request.Headers.Cookie = "shop.guest=secret";
            request.Headers["X-Forwarded-For"] = "198.51.100.1";
        });

        Assert.Equal("203.0.113.7", backend.LastHeaders["X-Forwarded-For"]);
        Assert.Equal("Bearer a.b.c", backend.LastHeaders["Authorization"]);
        Assert.DoesNotContain("Cookie", backend.LastHeaders.Keys);
    }

    [Fact]
    public async Task PagesOfAVisitor_AskTheServices_WithTheVisitorsAddress()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        shop.Fakes.WithCatalog();

        await SendFromAsync(shop, "203.0.113.7", "/", _ => { });

        Assert.NotEmpty(shop.Fakes.Calls);
        Assert.All(shop.Fakes.Calls, call => Assert.Equal("203.0.113.7", call.ForwardedFor));
    }

    [Fact]
    public async Task Service_ThatIsDown_AnswersAProblem()
    {
        await using var shop = await Shop.OpenAsync(servers, settings => settings["services:catalog-api:http:0"] = "http://127.0.0.1:1");
        using var http = shop.CreateClient();

        using var response = await http.GetAsync("/api/catalog/items", Stop);

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Limit_IsPerClient_AndAForgedAddressDoesNotEvadeIt()
    {
        await using var catalog = await Backend.StartAsync();
        await using var shop = await Shop.OpenAsync(servers, settings =>
        {
            settings["services:catalog-api:http:0"] = catalog.Address;
            settings["RateLimits:RequestsPerSecond"] = "1";
            settings["RateLimits:Burst"] = "2";
        });
        const string Path = "/api/catalog/items";
        await SendFromAsync(shop, "203.0.113.7", Path, _ => { });
        await SendFromAsync(shop, "203.0.113.7", Path, _ => { });

        var limited = await SendFromAsync(shop, "203.0.113.7", Path, _ => { });
        var forged = await SendFromAsync(shop, "203.0.113.7", Path, request => request.Headers["X-Forwarded-For"] = "198.51.100.1");
        var other = await SendFromAsync(shop, "203.0.113.8", Path, _ => { });
        var behindProxy = await SendFromAsync(shop, "10.0.0.1", Path, request => request.Headers["X-Forwarded-For"] = "203.0.113.9");

        Assert.Equal(StatusCodes.Status429TooManyRequests, limited.Response.StatusCode);
        Assert.Equal(StatusCodes.Status429TooManyRequests, forged.Response.StatusCode);
        Assert.Equal(StatusCodes.Status200OK, other.Response.StatusCode);
        Assert.Equal("203.0.113.9", catalog.LastHeaders["X-Forwarded-For"]);
        Assert.Equal(StatusCodes.Status200OK, behindProxy.Response.StatusCode);
    }

    private Task<Shop> BorrowAsync(string service)
    {
        backend.Reset();
        return Shop.BorrowAsync(servers, ($"services:{service}:http:0", backend.Address));
    }

    private static Task<HttpContext> SendFromAsync(Shop shop, string address, string path, Action<HttpRequest> change) =>
        shop.Server.SendAsync(context =>
    {
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        context.Request.Path = path;
        change(context.Request);
    }, Stop);
}
