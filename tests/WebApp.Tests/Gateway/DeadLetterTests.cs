using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Servers;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Gateway;

/// <summary>WebApp's own dead letters. Those of the other services are forwarded, and refused there.</summary>
public sealed class DeadLetterTests(TestServers servers)
{
    private const string Path = "/api/dead-letters/webapp";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EachRoute_IsForTokensOfAdminsOnly()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        using var http = shop.CreateClient();
        var account = new { email = "ada@example.com", password = "a few good words", name = "Ada" };
        using var registered = await http.PostAsJsonAsync("/api/identity/register", account, Stop);
        await shop.ConfirmAsync(http, account.email, account.password);
        var user = await TokenAsync(http, "/api/identity/token", account);
        var guest = await TokenAsync(http, "/api/identity/guest", body: null);
        var admin = await TokenAsync(http, "/api/identity/token", new { email = Shop.AdminEmail, password = Shop.AdminPassword });

        foreach (var (method, path) in Routes)
        {
            Assert.Equal((path, HttpStatusCode.Unauthorized), (path, await StatusAsync(http, method, path, token: null)));
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, await StatusAsync(http, method, path, guest)));
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, await StatusAsync(http, method, path, user)));
        }

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, HttpMethod.Get, $"{Path}/messages", admin));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(http, HttpMethod.Post, $"{Path}/messages/1/replay", admin));
    }

    [Fact]
    public async Task CookieOfAnAdmin_OpensNone()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        var browser = new Browser(shop);
        await browser.SignInAsync(Shop.AdminEmail, Shop.AdminPassword);

        using var read = await browser.GetAsync($"{Path}/messages");
        using var replayed = await browser.PostAsync($"{Path}/groups/1/replay");

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (read.StatusCode, replayed.StatusCode));
    }

    [Fact]
    public async Task TokenForDeadLetters_IsAccepted()
    {
        await using var shop = await Shop.BorrowAsync(servers);
        using var http = shop.CreateClient();
        using var tokens = new TestTokens(Shop.SigningKey);
        var tool = tokens.Sign(TestTokens.Claims(Guid.NewGuid(), ("role", "dead-letters")));

        // Until WebApp is connected to the broker, the answer is 503.
        await Eventually.AsksAsync(
            () => StatusAsync(http, HttpMethod.Get, Path, tool), status => status is not HttpStatusCode.ServiceUnavailable);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, HttpMethod.Get, Path, tool));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, HttpMethod.Head, Path, tool));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(http, HttpMethod.Get, Path, $"{tool}x"));
    }

    private static (HttpMethod Method, string Path)[] Routes =>
    [
        (HttpMethod.Get, Path),
        (HttpMethod.Get, $"{Path}/messages"),
        (HttpMethod.Get, $"{Path}/messages/1"),
        (HttpMethod.Post, $"{Path}/messages/1/replay"),
        (HttpMethod.Delete, $"{Path}/messages/1"),
        (HttpMethod.Post, $"{Path}/groups/1/replay"),
        (HttpMethod.Delete, $"{Path}/groups/1"),
    ];

    private static async Task<string> TokenAsync(HttpClient http, string path, object? body)
    {
        using var response = await http.PostAsJsonAsync(path, body, Stop);
        return (string)(await response.Content.ReadFromJsonAsync<JsonNode>(Stop))!["accessToken"]!;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, HttpMethod method, string path, string? token)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request, Stop);
        return response.StatusCode;
    }
}
