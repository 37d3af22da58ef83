using System.Net;
using System.Net.Http.Headers;
using Flows.Access;
using Flows.Tests.Scenarios;
using Flows.Traces;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Wire = Flows.Otlp.Wire.Collector.Trace;

namespace Flows.Tests.Otlp;

public sealed class GrpcTests
{
    // The service is called by the name that the specification gives it, so the names in the .proto files are tested too.
    private const string Service = "opentelemetry.proto.collector.trace.v1.TraceService";

    private static readonly Method<byte[], Wire.ExportTraceServiceResponse> Export = new(
        MethodType.Unary, Service, "Export",
        Marshallers.Create(bytes => bytes, bytes => bytes),
        Marshallers.Create(MessageExtensions.ToByteArray, Wire.ExportTraceServiceResponse.Parser.ParseFrom));

    private static readonly byte[] Order = OrderFlow.Script(Guid.CreateVersion7(), TimeProvider.System.GetUtcNow()).ToByteArray();

    [Fact]
    public async Task Export_WithoutTheKey_IsUnauthenticated()
    {
        await using var app = await RunningFlows.StartAsync();

        var refused = await Assert.ThrowsAsync<RpcException>(() => ExportAsync(app, Order, key: "wrong"));

        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
        Assert.Equal($"The header {ApiKeyGate.OtlpHeader} is missing or wrong.", refused.Status.Detail);
    }

    [Fact]
    public async Task Export_OfReadableSpans_IsStoredBeforeTheAnswer()
    {
        await using var app = await RunningFlows.StartAsync();

        var answer = await ExportAsync(app, Order);

        Assert.Null(answer.PartialSuccess);
        Assert.Single(app.Services.GetRequiredService<TraceStore>().Flows.Snapshot());
    }

    [Fact]
    public async Task Garbage_IsAnInvalidArgument()
    {
        await using var app = await RunningFlows.StartAsync();

        var refused = await Assert.ThrowsAsync<RpcException>(() => ExportAsync(app, "not protobuf at all"u8.ToArray()));

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.StartsWith("The body is not OTLP", refused.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BrokenGzip_IsAnInvalidArgument()
    {
        await using var app = await RunningFlows.StartAsync();
        using var client = new HttpClient { BaseAddress = app.OtlpGrpc };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/{Service}/Export")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            // The flag of compression, the length, and the message.
            Content = new ByteArrayContent([1, 0, 0, 0, 4, 1, 2, 3, 4]),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.Add("grpc-encoding", "gzip");
        request.Headers.Add("te", "trailers");
        request.Headers.Add(ApiKeyGate.OtlpHeader, RunningFlows.OtlpKey);

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        var status = response.TrailingHeaders.Concat(response.Headers).Single(header => header.Key == "grpc-status").Value.Single();
        Assert.Equal(((int)StatusCode.InvalidArgument).ToString(provider: null), status);
    }

    [Fact]
    public async Task Message_ThatIsTooLarge_IsResourceExhausted()
    {
        await using var app = await RunningFlows.StartAsync();

        var refused = await Assert.ThrowsAsync<RpcException>(() => ExportAsync(app, new byte[17 << 20]));

        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
    }

    [Fact]
    public async Task Spans_WithoutIds_AreRefusedInPart()
    {
        await using var app = await RunningFlows.StartAsync();
        var script = new SpanScript(TimeProvider.System.GetUtcNow());
        script.Server("webapp", "GET /", 0, 1).SpanId = ByteString.Empty;

        var answer = await ExportAsync(app, script.Build().ToByteArray());

        Assert.Equal(1, answer.PartialSuccess.RejectedSpans);
        Assert.NotEmpty(answer.PartialSuccess.ErrorMessage);
    }

    internal static async Task<Wire.ExportTraceServiceResponse> ExportAsync(
        RunningFlows app, byte[] request, string key = RunningFlows.OtlpKey)
    {
        var options = new CallOptions(
            new Metadata { { ApiKeyGate.OtlpHeader, key } }, cancellationToken: TestContext.Current.CancellationToken);
        using var call = app.Grpc.CreateCallInvoker().AsyncUnaryCall(Export, host: null, options, request);
        return await call;
    }
}
