using System.Net;
using System.Net.Http.Headers;
using Catalog.Api.Tests.Setup;

namespace Catalog.Api.Tests.DeadLetters;

public sealed class DeadLetterAccessTests(SharedApp shared)
{
    private const string Path = "api/dead-letters/catalog-api";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EachRoute_IsForAdminsOnly()
    {
        using var tokens = new TestTokens();
        await using var factory = CatalogApp.CreateFactory(
            tokens, await shared.Servers.CreateDatabaseAsync(Stop), await shared.Servers.CreateVirtualHostAsync(Stop));
        using var http = factory.CreateClient();
        var tool = tokens.Sign(TestTokens.Claims(Guid.NewGuid(), ("role", "dead-letters")));
        (string?, HttpStatusCode)[] callers =
        [
            (null, HttpStatusCode.Unauthorized),
            ("a.b.c", HttpStatusCode.Unauthorized),
            (tokens.Guest(Guid.NewGuid()), HttpStatusCode.Forbidden),
            (tokens.User(Guid.NewGuid()), HttpStatusCode.Forbidden),
        ];

        foreach (var (method, path) in Routes)
        {
            foreach (var (token, expected) in callers)
            {
                Assert.Equal((path, expected), (path, await StatusAsync(http, method, path, token)));
            }
        }

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, HttpMethod.Get, $"{Path}/messages", tokens.Admin(Guid.NewGuid())));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, HttpMethod.Get, $"{Path}/messages", tool));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, HttpMethod.Head, Path, tool));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(http, HttpMethod.Delete, "api/catalog/items/1", tool));
    }

    private static (HttpMethod Method, string Path)[] Routes =>
    [
        (HttpMethod.Get, Path),
        (HttpMethod.Head, Path),
        (HttpMethod.Get, $"{Path}/messages"),
        (HttpMethod.Get, $"{Path}/messages/1"),
        (HttpMethod.Post, $"{Path}/messages/1/replay"),
        (HttpMethod.Delete, $"{Path}/messages/1"),
        (HttpMethod.Post, $"{Path}/groups/1/replay"),
        (HttpMethod.Delete, $"{Path}/groups/1"),
    ];

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, HttpMethod method, string path, string? token)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request, Stop);
        return response.StatusCode;
    }
}
