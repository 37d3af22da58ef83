using System.Net;
using Microsoft.AspNetCore.Builder;

namespace ServiceDefaults.Tests.Api;

public sealed class RoutingTests
{
    [Theory]
    [InlineData("GET", "/closed", HttpStatusCode.Unauthorized)]
    [InlineData("DELETE", "/closed", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/unknown", HttpStatusCode.NotFound)]
    public async Task RequestWithoutAToken_IsAnswered401_OnlyIfItsRouteExists(string method, string path, HttpStatusCode expected)
    {
        await using var api = await TestApi.StartAsync(app => app.MapGet("/closed", () => "secret"));

        using var response = await api.SendAsync(new HttpMethod(method), path);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal((int)expected, (int)(await TestApi.ProblemOf(response))["status"]!);
        Assert.Equal(expected is HttpStatusCode.MethodNotAllowed ? ["GET"] : [], response.Content.Headers.Allow);
    }
}
