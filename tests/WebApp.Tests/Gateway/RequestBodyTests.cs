using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ServiceDefaults.Api;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Gateway;

/// <summary>Bodies that are too large, on a real server: with their length, which is refused at once, and without it.</summary>
public sealed class RequestBodyTests(TestServers servers)
{
    // Kestrel counts the length before each chunk too.
    private const int FramesOfChunks = 10_000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Body_ForAService_IsRefusedByTheGatewayWith413(bool isChunked)
    {
        const string Path = "/api/basket/items";
        await using var backend = await Backend.StartAsync();
        await using var shop = await OpenAsync(settings => settings["services:basket-api:http:0"] = backend.Address);
        using var http = shop.CreateClient();

        using var refused = await PostAsync(http, Path, "application/json", RequestBodies.MaxBytes + 1, isChunked);
        using var taken = await PostAsync(http, Path, "application/json", RequestBodies.MaxBytes - FramesOfChunks, isChunked);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Form_IsRefusedWithAPage(bool isChunked)
    {
        await using var shop = await OpenAsync(_ => { });
        using var http = shop.CreateClient();

        using var refused = await PostAsync(
            http, "/basket/add", "application/x-www-form-urlencoded", RequestBodies.MaxBytes + 1, isChunked);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
        Assert.Contains("That was too large", await refused.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    private async Task<Shop> OpenAsync(Action<Dictionary<string, string?>> change)
    {
        var shop = await Shop.OpenAsync(servers, change);
        shop.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port: 0));
        return shop;
    }

    // The client waits for the server's consent before it sends: a server that refuses closes the connection, also while a client sends.
    private static async Task<HttpResponseMessage> PostAsync(HttpClient http, string path, string type, int bytes, bool isChunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.ExpectContinue = true;
        request.Headers.TransferEncodingChunked = isChunked;
        request.Content = new ByteArrayContent(Encoding.ASCII.GetBytes(new string('a', bytes)));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return await http.SendAsync(request, Stop);
    }
}
