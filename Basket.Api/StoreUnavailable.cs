using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Diagnostics;
using StackExchange.Redis;

namespace Basket.Api;

/// <summary>Without Redis there is nothing to answer from: both protocols say that this passes.</summary>
internal sealed class StoreUnavailable(IProblemDetailsService problems) : Interceptor, IExceptionHandler
{
    private const string Detail = "The baskets cannot be reached at the moment. Try again in a moment.";

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!IsOutage(exception))
        {
            return false;
        }

        httpContext.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        httpContext.Response.Headers.RetryAfter = "1";
        return await problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = httpContext,
            ProblemDetails = { Status = StatusCodes.Status503ServiceUnavailable, Detail = Detail },
        });
    }

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (Exception exception) when (IsOutage(exception))
        {
            throw new RpcException(new Status(StatusCode.Unavailable, Detail, exception));
        }
    }

    private static bool IsOutage(Exception exception) => exception is RedisException or RedisTimeoutException;
}
