using Flows.Listening;
using Grpc.AspNetCore.Server.Model;

namespace Flows.Otlp;

public static class OtlpSetup
{
    public static void AddOtlp(this IServiceCollection services)
    {
        services.AddSingleton<Intake>().AddSingleton<TagReader>().AddSingleton<SourceReader>();
        services.AddSingleton<SpanReader>().AddSingleton<LogReader>();
        services.AddRateLimiter(OtlpConcurrency.Configure);
        services.AddRequestDecompression();
        services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = ListeningSetup.MaxRequestBytes;
            grpc.CompressionProviders = [new GrpcGzip()];
        });
        services.AddSingleton<IServiceMethodProvider<GrpcTraces>, GrpcTracesMethods>();
    }
}
