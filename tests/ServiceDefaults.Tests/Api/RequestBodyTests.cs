using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using ServiceDefaults.Api;

namespace ServiceDefaults.Tests.Api;

public sealed class RequestBodyTests
{
    private const int MostOfUpload = 3 * RequestBodies.MaxBytes;

    // Kestrel counts the length before each chunk too.
    private const int FramesOfChunks = 10_000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Body_AboveTheLimit_IsRefusedWith413(bool isChunked)
    {
        await using var api = await StartAsync();

        using var refused = await PostAsync(api, "/text", RequestBodies.MaxBytes + 1, isChunked);
        using var taken = await PostAsync(api, "/text", RequestBodies.MaxBytes - FramesOfChunks, isChunked);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
        Assert.Equal("The body of the request is too large.", (string)(await TestApi.ProblemOf(refused))["detail"]!);
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
    }

    [Fact]
    public async Task Body_ThatTheEndpointDoesNotRead_IsRefusedAsWell()
    {
        await using var api = await StartAsync();

        using var refused = await PostAsync(api, "/ignored", RequestBodies.MaxBytes + 1, isChunked: false);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Endpoint_ThatStatesALimit_KeepsIt(bool isChunked)
    {
        await using var api = await StartAsync();

        using var taken = await PostAsync(api, "/upload", MostOfUpload - FramesOfChunks, isChunked);
        using var refused = await PostAsync(api, "/upload", MostOfUpload + 1, isChunked);

        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
    }

    private static Task<TestApi> StartAsync() => TestApi.StartAsync(app =>
    {
        app.MapPost("/text", ([FromBody] string text) => TypedResults.Text($"{text.Length}")).AllowAnonymous();
        app.MapPost("/upload", ([FromBody] string text) => TypedResults.Text($"{text.Length}")).AllowAnonymous()
            .WithMetadata(new RequestSizeLimitAttribute(MostOfUpload));
        app.MapPost("/ignored", () => TypedResults.Ok()).AllowAnonymous();
    });

    // The client waits for the server's consent before it sends: a server that refuses closes the connection, also while a client sends.
    private static async Task<HttpResponseMessage> PostAsync(TestApi api, string path, int bytes, bool isChunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.ExpectContinue = true;
        request.Headers.TransferEncodingChunked = isChunked;
        request.Content = new ByteArrayContent(Encoding.ASCII.GetBytes($"\"{new string('a', bytes - 2)}\""));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return await api.Http.SendAsync(request, Stop);
    }
}
