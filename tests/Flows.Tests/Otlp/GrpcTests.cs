using Dashboard.Access;
using Dashboard.Tests.Telling;
using Google.Protobuf;
using Grpc.Core;
using Wire = Dashboard.Otlp.Wire.Collector.Trace;

namespace Dashboard.Tests.Otlp;

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
        await using var dashboard = await RunningDashboard.StartAsync();

        var refused = await Assert.ThrowsAsync<RpcException>(() => ExportAsync(dashboard, key: "wrong"));

        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
    }

    [Fact]
    public async Task Export_WhileTheQueueIsFull_IsRejectedAtOnceAndCounted()
    {
        await using var dashboard = await RunningDashboard.StartAsync("--Dashboard:Limits:WaitingBytes=100");

        var answer = await ExportAsync(dashboard, RunningDashboard.OtlpKey);

        Assert.True(answer.PartialSuccess.RejectedSpans > 10);
        Assert.NotEmpty(answer.PartialSuccess.ErrorMessage);
    }

    private static async Task<Wire.ExportTraceServiceResponse> ExportAsync(RunningDashboard dashboard, string key)
    {
        var options = new CallOptions(
            new Metadata { { ApiKeyGate.OtlpHeader, key } }, cancellationToken: TestContext.Current.CancellationToken);
        var request = OrderFlow.Tell(Guid.CreateVersion7(), TimeProvider.System.GetUtcNow());
        using var call = dashboard.Grpc.CreateCallInvoker().AsyncUnaryCall(Export, host: null, options, request);
        return await call;
    }
}
