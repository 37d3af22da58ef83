using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Options;
using ServiceDefaults.Api;

namespace WebApp.Storefront.Errors;

/// <summary>
/// Answers faults of a page's request with a status, which becomes a page. The handlers that follow write problem details, which are for
/// programs.
/// </summary>
public sealed class PageFaults(IOptions<StoreOutage> outage) : IExceptionHandler
{
    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.Request.IsApi() || StatusOf(exception) is not { } status)
        {
            return ValueTask.FromResult(false);
        }

        httpContext.Response.StatusCode = status;
        if (status is StatusCodes.Status503ServiceUnavailable)
        {
            httpContext.Response.Headers.RetryAfter = StoreOutage.RetryAfter;
        }

        return ValueTask.FromResult(true);
    }

    private int? StatusOf(Exception exception) => exception switch
    {
        BadHttpRequestException unreadable => unreadable.StatusCode,
        _ when outage.Value.IsCauseOf(exception) => StatusCodes.Status503ServiceUnavailable,
        _ => null,
    };
}
