using Microsoft.AspNetCore.Mvc;
using ServiceDefaults.Api;

namespace Basket.Api.Grpc;

public static class GrpcSetup
{
    // A frame has one byte of flags and four of length before the message.
    private const int FrameHeaderBytes = 5;

    public static void AddBasketGrpc(this IHostApplicationBuilder builder)
    {
        builder.Services.AddGrpc(grpc =>
        {
            // Refused by gRPC as ResourceExhausted.
            grpc.MaxReceiveMessageSize = RequestBodies.MaxBytes - FrameHeaderBytes;
            grpc.Interceptors.Add<StoreOutageInterceptor>();
        });
        builder.Services.AddSingleton<RequestValidation>();
    }

    /// <summary>gRPC-Web runs on the HTTP/1.1 port that REST uses too.</summary>
    public static void MapBasketGrpc(this WebApplication app)
    {
        app.UseGrpcWeb(new GrpcWebOptions { DefaultEnabled = true });

        // gRPC compares the length at the beginning of a message with its own limit. Kestrel must not end the call before as a fault of the
        // service: it buffers 1 MB, so the first read may return a whole message that is too large.
        app.MapGrpcService<BasketGrpcService>().WithMetadata(new RequestSizeLimitAttribute(2 * RequestBodies.MaxBytes));
    }
}
