using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ServiceDefaults.Tests.Api;

public sealed class SafeHeaderTests
{
    private const string ShopName = "shop.example.com";

    [Theory]
    [InlineData("GET", "/", HttpStatusCode.OK)]
    [InlineData("HEAD", "/", HttpStatusCode.OK)]
    [InlineData("GET", "/none", HttpStatusCode.NotFound)]
    [InlineData("DELETE", "/", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/private", HttpStatusCode.Unauthorized)]
    [InlineData("GET", "/number?value=x", HttpStatusCode.BadRequest)]
    [InlineData("GET", "/fails", HttpStatusCode.InternalServerError)]
    [InlineData("GET", "/openapi/v1.json", HttpStatusCode.OK)]
    public async Task EveryResponse_IsNotSniffed_NotStored_AndDoesNotNameTheServer(string method, string path, HttpStatusCode expected)
    {
        await using var api = await StartAsync();

        using var answer = await api.SendAsync(new HttpMethod(method), path);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Empty(answer.Headers.Server);
    }

    [Fact]
    public async Task RefusedHost_IsAnsweredWithTheSameHeaders()
    {
        await using var api = await StartAsync();

        using var answer = await api.GetFromHostAsync("/", "evil.example");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Empty(answer.Headers.Server);
    }

    [Fact]
    public async Task Response_ThatMayBeStored_SaysSoItself()
    {
        await using var api = await StartAsync();

        using var answer = await api.SendAsync(HttpMethod.Get, "/picture");

        Assert.Equal("public, max-age=60", $"{answer.Headers.CacheControl}");
    }

    [Theory]
    [InlineData("Production", "https", true)]
    [InlineData("Production", "http", false)]
    [InlineData("Development", "https", false)]
    public async Task Browser_KeepsToHttps_OutsideDevelopment(string environment, string scheme, bool expected)
    {
        await using var api = await StartAsync(("environment", environment), ("AllowedHosts", ShopName));

        using var answer = await api.GetFromHostAsync("/", ShopName, request => request.Headers.Add("X-Forwarded-Proto", scheme));

        Assert.Equal(expected ? ["max-age=31536000"] : [], Values(answer, "Strict-Transport-Security"));
    }

    private static IEnumerable<string> Values(HttpResponseMessage answer, string header) =>
        answer.Headers.TryGetValues(header, out var values) ? values : [];

    private static Task<TestApi> StartAsync(params (string, string)[] settings) => TestApi.StartAsync(
        app =>
        {
            app.MapGet("/", () => TypedResults.Ok("hello")).AllowAnonymous();
            app.MapGet("/private", () => TypedResults.Ok());
            app.MapGet("/number", (int value) => TypedResults.Ok(value)).AllowAnonymous();
            app.MapGet("/fails", string () => throw new InvalidOperationException("As a test.")).AllowAnonymous();
            app.MapGet("/picture", (HttpResponse response) =>
            {
                response.Headers.CacheControl = "public, max-age=60";
                return TypedResults.Ok();
            }).AllowAnonymous();
        },
        add: null,
        settings);
}
