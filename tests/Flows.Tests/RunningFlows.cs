using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Flows.Access;
using Flows.Listening;
using Flows.Traces;
using Google.Protobuf;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Flows.Tests;

/// <summary>The application on free ports.</summary>
public sealed class RunningFlows : IAsyncDisposable
{
    public const string Token = "browser-token";
    public const string OtlpKey = "otlp-key";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
    private readonly WebApplication _app;

    private RunningFlows(WebApplication app)
    {
        _app = app;
        var listeners = app.Services.GetRequiredService<Listeners>();
        Frontend = listeners.UrlOf(Purpose.Frontend);
        OtlpGrpc = listeners.UrlOf(Purpose.OtlpGrpc);
        OtlpHttp = listeners.UrlOf(Purpose.OtlpHttp);
        Api = new HttpClient { BaseAddress = Frontend };
        Api.DefaultRequestHeaders.Add(BrowserSession.ApiKeyHeader, Token);
        // A busy machine may take longer than the second after which a body is sent although the server has not asked for it.
        Otlp = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = Deadline }) { BaseAddress = OtlpHttp };
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

    public static async Task<RunningFlows> StartAsync(params string[] settings)
    {
        string[] defaults =
        [
            "--URLS=http://127.0.0.1:0",
            "--Flows:Otlp:GrpcUrl=http://127.0.0.1:0",
            "--Flows:Otlp:HttpUrl=http://127.0.0.1:0",
            $"--Flows:Frontend:BrowserToken={Token}",
            $"--Flows:Otlp:PrimaryApiKey={OtlpKey}",
        ];
        var app = FlowsApp.Build([.. defaults, .. settings]);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunningFlows(app);
    }

    public async Task<HttpResponseMessage> SendAsync(string path, IMessage message)
    {
        var body = new ByteArrayContent(message.ToByteArray());
        body.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        return await Otlp.PostAsync(path, body, TestContext.Current.CancellationToken);
    }

    public Task<string> PageAsync(string path) => Api.GetStringAsync(path, TestContext.Current.CancellationToken);

    public async Task<JsonNode> GetAsync(string path) =>
        JsonNode.Parse(await Api.GetStringAsync(path, TestContext.Current.CancellationToken))!;

    /// <summary>Telemetry is stored shortly after it was sent, so this repeats the request until the answer is as expected.</summary>
    public Task<JsonNode> GetAsync(string path, Func<JsonNode, bool> until) => WaitForAsync(async cancellationToken =>
    {
        using var response = await Api.GetAsync(path, cancellationToken);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!;
        return response.IsSuccessStatusCode && until(answer) ? answer : null;
    });

    /// <summary>Waits until the trace has so many spans.</summary>
    public Task<Trace> TraceAsync(string id, int spans) => WaitForAsync(_ => Task.FromResult(
        TraceId.TryParse(id, out var traceId)
        && Services.GetRequiredService<TraceStore>().Find(traceId) is { } trace
        && trace.Spans.Count >= spans
            ? trace
            : null));

    public Task<LogEntry> LogAsync(string message) => WaitForAsync(_ => Task.FromResult(
        Services.GetRequiredService<LogStore>().Snapshot().Find(log => log.Message == message)));

    private static async Task<T> WaitForAsync<T>(Func<CancellationToken, Task<T?>> find) where T : class
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Deadline);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            if (await find(deadline.Token) is { } found)
            {
                return found;
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
