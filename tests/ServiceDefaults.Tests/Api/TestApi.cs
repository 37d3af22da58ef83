using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Servers;
using ServiceDefaults.Api;
using ServiceDefaults.Tokens;

namespace ServiceDefaults.Tests.Api;

/// <summary>An API with the shop's defaults, on a real server.</summary>
internal sealed class TestApi : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestApi(WebApplication app, TestTokens tokens)
    {
        (_app, Tokens) = (app, tokens);

        // Without a span of the client, which would be the parent of the server's, and is not sampled.
        Http = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Http { get; }

    public TestTokens Tokens { get; }

    public static async Task<TestApi> StartAsync(
        Action<WebApplication> map, Action<WebApplicationBuilder>? add = null, params (string Name, string Value)[] settings)
    {
        var tokens = new TestTokens();
        var builder = WebApplication.CreateSlimBuilder(
            [.. settings.Append(("Tokens:PublicKey", tokens.PublicKey)).Select(setting => $"--{setting.Item1}={setting.Item2}")]);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        builder.AddTokenAuthentication();
        builder.AddApiDefaults();
        add?.Invoke(builder);

        var app = builder.Build();
        app.MapApiDefaults();
        map(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new TestApi(app, tokens);
    }

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string? token = null, string? forwardedFor = null, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : JsonContent.Create(body);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        if (forwardedFor is not null)
        {
            request.Headers.Add("X-Forwarded-For", forwardedFor);
        }

        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Sends a request whose header <c>Host</c> is another than the address that it is sent to.</summary>
    public async Task<HttpResponseMessage> GetFromHostAsync(string path, string host, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = host;
        change?.Invoke(request);
        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public static async Task<JsonObject> ProblemOf(HttpResponseMessage response)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return (await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!;
    }

    public static async Task<string[]> FaultyFieldsOf(HttpResponseMessage response) =>
        [.. (await ProblemOf(response))["errors"]!.AsObject().Select(fault => fault.Key).Order(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        Tokens.Dispose();
    }
}
