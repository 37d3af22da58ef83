using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ServiceDefaults.Tests.Api;

public sealed class HeadTests
{
    [Theory]
    [InlineData("/text", HttpStatusCode.OK)]
    [InlineData("/closed", HttpStatusCode.Unauthorized)]
    [InlineData("/nothing", HttpStatusCode.NotFound)]
    [InlineData("/health", HttpStatusCode.OK)]
    public async Task Head_OfAnyPath_HasTheStatusAndTypeOfGetAndNoBody(string path, HttpStatusCode expected)
    {
        await using var api = await TestApi.StartAsync(app =>
        {
            app.MapGet("/text", (HttpResponse response) =>
            {
                response.Headers.ETag = "\"1\"";
                return TypedResults.Text("some text");
            }).AllowAnonymous();
            app.MapGet("/closed", () => "secret");
        });

        using var get = await api.SendAsync(HttpMethod.Get, path);
        using var head = await api.SendAsync(HttpMethod.Head, path);

        Assert.Equal((expected, expected), (get.StatusCode, head.StatusCode));
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Equal(get.Headers.ETag, head.Headers.ETag);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }
}
