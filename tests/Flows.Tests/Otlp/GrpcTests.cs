using Flows.Access;
using Flows.Tests.Scenarios;
using Google.Protobuf;
using Grpc.Core;
using Wire = Flows.Otlp.Wire.Collector.Trace;

namespace Flows.Tests.Otlp;

public sealed class GrpcTests
{
    // The service is called by the name that the specification gives it, so the names in the .proto files are tested too.
    private static readonly Method<Wire.ExportTraceServiceRequest, Wire.ExportTraceServiceResponse> Export = new(
        MethodType.Unary, "opentelemetry.proto.collector.trace.v1.TraceService", "Export",
        Marshallers.Create(MessageExtensions.ToByteArray, Wire.ExportTraceServiceRequest.Parser.ParseFrom),
        Marshallers.Create(MessageExtensions.ToByteArray, Wire.ExportTraceServiceResponse.Parser.ParseFrom));

    [Fact]
    public async Task Export_WithoutTheKey_IsUnauthenticated()
    {
        await using var app = await RunningFlows.StartAsync();

        var refused = await Assert.ThrowsAsync<RpcException>(() => ExportAsync(app, key: "wrong"));

        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
    }

    [Fact]
    public async Task Export_WhileTheQueueIsFull_IsRejectedAtOnceAndCounted()
    {
        await using var app = await RunningFlows.StartAsync("--Flows:Limits:WaitingBytes=100");

        var answer = await ExportAsync(app, RunningFlows.OtlpKey);

        Assert.True(answer.PartialSuccess.RejectedSpans > 10);
        Assert.NotEmpty(answer.PartialSuccess.ErrorMessage);
    }

    private static async Task<Wire.ExportTraceServiceResponse> ExportAsync(RunningFlows app, string key)
    {
        var options = new CallOptions(
            new Metadata { { ApiKeyGate.OtlpHeader, key } }, cancellationToken: TestContext.Current.CancellationToken);
        var request = OrderFlow.Script(Guid.CreateVersion7(), TimeProvider.System.GetUtcNow());
        using var call = app.Grpc.CreateCallInvoker().AsyncUnaryCall(Export, host: null, options, request);
        return await call;
    }
}
