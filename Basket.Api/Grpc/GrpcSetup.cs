namespace Basket.Api.Grpc;

public static class GrpcSetup
{
    public static void AddBasketGrpc(this IHostApplicationBuilder builder)
    {
        builder.Services.AddGrpc(grpc => grpc.Interceptors.Add<StoreOutageInterceptor>());
        builder.Services.AddSingleton<RequestValidation>();
    }

    /// <summary>gRPC-Web runs on the HTTP/1.1 port that REST uses too.</summary>
    public static void MapBasketGrpc(this WebApplication app)
    {
        app.UseGrpcWeb(new GrpcWebOptions { DefaultEnabled = true });
        app.MapGrpcService<BasketGrpcService>();
    }
}
