using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Flows.Tests.Api;

public sealed class ApiContractTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/flows?limit=ten&state=lost", "limit", "state")]
    [InlineData("/api/flows?limit=0", "limit")]
    [InlineData("/api/flows?limit=10001", "limit")]
    [InlineData("/api/flows?state=7", "state")]
    [InlineData("/api/flows/x?until=a&timeout=301", "timeout")]
    [InlineData("/api/flows/x?until=a&timeout=1e3", "timeout")]
    [InlineData("/api/flows/x?until=a&until=@webapp", "until")]
    public async Task WrongParameters_AreRefusedByName(string path, params string[] expected)
    {
        await using var app = await RunningFlows.StartAsync();

        using var response = await app.Api.GetAsync(path, Stop);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonNode>(Stop);
        Assert.Equal(expected, problem!["errors"]!.AsObject().Select(error => error.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task OpenApi_DescribesTheApi_AndNothingElse()
    {
        await using var app = await RunningFlows.StartAsync();

        var document = await app.GetAsync("/openapi/v1.json");

        var paths = document["paths"]!.AsObject();
        Assert.All(paths, path => Assert.StartsWith("/api/", path.Key, StringComparison.Ordinal));
        Assert.Contains("/api/flows", paths);
        var required = paths["/api/flows/{id}"]!["get"]!["parameters"]!.AsArray().Where(parameter => parameter!["required"] is not null);
        Assert.Equal("id", (string)Assert.Single(required)!["name"]!);
        Assert.Equal("string", (string)document["components"]!["schemas"]!["Milestone"]!["type"]!);
        Assert.Equal("apiKey", (string)document["components"]!["securitySchemes"]!["Token"]!["type"]!);
        Assert.All(
            paths.SelectMany(path => path.Value!.AsObject()).Where(operation => operation.Key is "get" or "post"),
            operation => Assert.NotNull(operation.Value!["summary"]));
    }

    [Fact]
    public async Task OpenApi_NeedsTheSignIn()
    {
        await using var app = await RunningFlows.StartAsync();
        using var stranger = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = app.Frontend };

        using var response = await stranger.GetAsync("/openapi/v1.json", Stop);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.StartsWith("/login?returnUrl=", response.Headers.Location!.ToString(), StringComparison.Ordinal);
    }
}
