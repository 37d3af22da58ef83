using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Dashboard.Access;
using Dashboard.Listening;
using Google.Protobuf;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests;

/// <summary>A dashboard on free ports, as the engine starts it.</summary>
public sealed class RunningDashboard : IAsyncDisposable
{
    public const string Token = "browser-token";
    public const string OtlpKey = "otlp-key";
    public const string ResourceKey = "resource-key";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
    private readonly WebApplication _app;

    private RunningDashboard(WebApplication app)
    {
        _app = app;
        var listeners = app.Services.GetRequiredService<Listeners>();
        Frontend = listeners.UrlOf(Purpose.Frontend);
        OtlpGrpc = listeners.UrlOf(Purpose.OtlpGrpc);
        OtlpHttp = listeners.UrlOf(Purpose.OtlpHttp);
        Api = new HttpClient { BaseAddress = Frontend };
        Api.DefaultRequestHeaders.Add(BrowserSession.ApiKeyHeader, Token);
        Otlp = new HttpClient { BaseAddress = OtlpHttp };
        Otlp.DefaultRequestHeaders.Add(ApiKeyGate.OtlpHeader, OtlpKey);
        Grpc = GrpcChannel.ForAddress(OtlpGrpc);
    }

    public Uri Frontend { get; }
    public Uri OtlpGrpc { get; }
    public Uri OtlpHttp { get; }

    /// <summary>Has the browser's token.</summary>
    public HttpClient Api { get; }

    /// <summary>Has the sender's key.</summary>
    public HttpClient Otlp { get; }

    public GrpcChannel Grpc { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<RunningDashboard> StartAsync(params string[] settings)
    {
        string[] defaults =
        [
            "--URLS=http://127.0.0.1:0",
            $"--{DashboardConfiguration.OtlpGrpcSetting}=http://127.0.0.1:0",
            $"--{DashboardConfiguration.OtlpHttpSetting}=http://127.0.0.1:0",
            $"--Dashboard:Frontend:BrowserToken={Token}",
            $"--Dashboard:Otlp:PrimaryApiKey={OtlpKey}",
            $"--Dashboard:ResourceServiceClient:ApiKey={ResourceKey}",
        ];
        var app = DashboardApp.Build([.. defaults, .. settings]);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunningDashboard(app);
    }

    public async Task<HttpResponseMessage> SendAsync(string path, IMessage message)
    {
        var body = new ByteArrayContent(message.ToByteArray());
        body.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        return await Otlp.PostAsync(path, body, TestContext.Current.CancellationToken);
    }

    public async Task<JsonNode> GetAsync(string path) =>
        JsonNode.Parse(await Api.GetStringAsync(path, TestContext.Current.CancellationToken))!;

    /// <summary>What is sent is taken in a moment later: asks again until the answer is the awaited one.</summary>
    public async Task<JsonNode> GetAsync(string path, Func<JsonNode, bool> until)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Deadline);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            using var response = await Api.GetAsync(path, deadline.Token);
            var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(deadline.Token))!;
            if (response.IsSuccessStatusCode && until(answer))
            {
                return answer;
            }

            await timer.WaitForNextTickAsync(deadline.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Grpc.Dispose();
        Api.Dispose();
        Otlp.Dispose();
        await _app.DisposeAsync();
    }
}
