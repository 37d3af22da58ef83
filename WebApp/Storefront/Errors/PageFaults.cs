using Microsoft.AspNetCore.Diagnostics;

namespace WebApp.Storefront.Errors;

/// <summary>
/// Answers a page's request that cannot be read with a status alone, which becomes a page: the handlers that follow write problem details, which
/// are for programs.
/// </summary>
public sealed class PageFaults : IExceptionHandler
{
    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.Request.IsApi() || exception is not BadHttpRequestException unreadable)
        {
            return ValueTask.FromResult(false);
        }

        // As a POST, the page of the status would be taken for a form that was sent to it.
        httpContext.Request.Method = HttpMethods.Get;
        httpContext.Response.StatusCode = unreadable.StatusCode;
        return ValueTask.FromResult(true);
    }
}
