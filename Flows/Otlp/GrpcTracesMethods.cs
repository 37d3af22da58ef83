using Flows.Otlp.Wire.Collector.Trace;
using Google.Protobuf;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;

namespace Flows.Otlp;

/// <summary>Maps the method of OTLP's gRPC service to <see cref="GrpcTraces"/>, with the request as bytes.</summary>
public sealed class GrpcTracesMethods : IServiceMethodProvider<GrpcTraces>
{
    private static readonly Method<byte[], ExportTraceServiceResponse> Export = new(
        MethodType.Unary,
        TraceServiceReflection.Descriptor.Services[0].FullName,
        TraceServiceReflection.Descriptor.Services[0].Methods[0].Name,
        Marshallers.Create((_, context) => context.Complete(), context => context.PayloadAsNewBuffer()),
        Marshallers.Create(MessageExtensions.ToByteArray, ExportTraceServiceResponse.Parser.ParseFrom));

    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<GrpcTraces> context) =>
        context.AddUnaryMethod(Export, metadata: [], (service, request, call) => service.Export(request, call));
}
