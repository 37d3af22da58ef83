using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace ServiceDefaults.Tests.Api;

public sealed class AllowedHostTests
{
    private const string Allowed = "shop.example.com; *.example.org ;http://catalog-api.internal.example:8080";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("localhost")]
    [InlineData("shop.localhost:8080")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]:5000")]
    public async Task NamesOfThisMachine_AreAllowedByDefault(string host)
    {
        await using var api = await StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await api.GetFromHostAsync("/", host)).StatusCode);
    }

    [Theory]
    [InlineData("shop.example.com", true)]
    [InlineData("SHOP.example.com:443", true)]
    [InlineData("a.example.org", true)]
    [InlineData("catalog-api.internal.example:8080", true)]
    [InlineData("example.org", false)]
    [InlineData("shop.example.com.evil.example", false)]
    [InlineData("localhost", false)]
    [InlineData("203.0.113.7", false)]
    public async Task Setting_SaysWhichNamesAreAllowed(string host, bool isAllowed)
    {
        await using var api = await StartAsync(("AllowedHosts", Allowed));

        using var answer = await api.GetFromHostAsync("/", host);

        Assert.Equal(isAllowed ? HttpStatusCode.OK : HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task OtherName_IsRefusedWithTheSetting_AndNotRepeated()
    {
        await using var api = await StartAsync();

        using var refused = await api.GetFromHostAsync("/", "evil.example");

        var problem = await TestApi.ProblemOf(refused);
        Assert.Contains("AllowedHosts", (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", problem.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    public async Task Probe_IsAnsweredUnderAnyName(string path)
    {
        await using var api = await StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await api.GetFromHostAsync(path, "10.244.0.7:8080")).StatusCode);
    }

    [Theory]
    [InlineData("shop.example.com;not a name")]
    [InlineData("*.*.example.com")]
    public async Task Setting_WithoutANameInIt_EndsTheStart(string value)
    {
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(("AllowedHosts", value)));

        Assert.Contains("AllowedHosts has '", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/openapi/v1.json")]
    [InlineData("/scalar/")]
    [InlineData("/missing")]
    public async Task ForgedHost_IsInNoAnswer_EvenIfAllHostsAreAllowed(string path)
    {
        await using var api = await StartAsync(("AllowedHosts", "*"));

        using var answer = await api.GetFromHostAsync(path, "evil.example", request =>
        {
            request.Headers.Add("X-Forwarded-Host", "evil.example");
            request.Headers.Add("X-Original-Host", "evil.example");
        });

        Assert.DoesNotContain("evil", $"{answer}", StringComparison.Ordinal);
        Assert.DoesNotContain("evil", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenApiDocument_DescribesTheServerThatHasIt()
    {
        await using var api = await StartAsync();

        var document = JsonNode.Parse(await api.Http.GetStringAsync("/openapi/v1.json", Stop))!;

        Assert.Equal("""[{"url":"/"}]""", document["servers"]!.ToJsonString());
    }

    private static Task<TestApi> StartAsync(params (string, string)[] settings) => TestApi.StartAsync(
        app => app.MapGet("/", () => TypedResults.Ok()).AllowAnonymous(), add: null, settings);
}
