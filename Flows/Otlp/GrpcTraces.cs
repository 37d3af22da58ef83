using Flows.Otlp.Wire.Collector.Trace;
using Grpc.Core;

namespace Flows.Otlp;

/// <summary>
/// OTLP over gRPC. The request is read from its bytes here and not by gRPC, which would build all of it before anything is counted, and
/// would answer INTERNAL to bytes that are not a message.
/// </summary>
public sealed class GrpcTraces(Intake intake)
{
    public Task<ExportTraceServiceResponse> Export(byte[] request, ServerCallContext context)
    {
        try
        {
            return Task.FromResult(intake.TakeTraces(OtlpFormat.Protobuf, request));
        }
        catch (OtlpException exception)
        {
            throw new RpcException(new Status((StatusCode)exception.Code, exception.Message));
        }
    }
}
