using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Options;
using ServiceDefaults.Api;

namespace Basket.Api.Grpc;

/// <summary>Answers Unavailable while Redis is down, as REST answers 503.</summary>
internal sealed class StoreOutageInterceptor(IOptions<StoreOutage> outage) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (Exception exception) when (outage.Value.IsCauseOf(exception))
        {
            throw new RpcException(
                new Status(StatusCode.Unavailable, "The service cannot reach its data at the moment. Try again in a moment.", exception));
        }
    }
}
