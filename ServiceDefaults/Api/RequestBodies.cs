using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ServiceDefaults.Api;

/// <summary>Limits the size of request bodies, because a service buffers them.</summary>
public static class RequestBodies
{
    /// <summary>
    /// The most bytes of a body, for endpoints that state no other limit with <c>RequestSizeLimitAttribute</c>: 1 MB.
    /// </summary>
    public const int MaxBytes = 1 << 20;

    private const int LargestDrained = 16 * MaxBytes;

    internal static void AddRequestBodyLimit(this IHostApplicationBuilder builder) =>
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = MaxBytes);

    /// <summary>
    /// Answers 413 before anything reads a body whose <c>Content-Length</c> is above the limit. Without that header, Kestrel refuses the
    /// body while it is read. Must run after routing, which applies the limit of the endpoint.
    /// </summary>
    public static IApplicationBuilder UseRequestBodyLimit(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        // The page of the status is rendered by a second run of the pipeline for the same request.
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null || !(context.Request.ContentLength > LimitOf(context)))
        {
            return next(context);
        }

        // With the limit, Kestrel closes the connection while the client still sends, and the client may never see the answer. Without it,
        // Kestrel reads the rest and throws it away, for five seconds at most.
        if (context.Request.ContentLength <= LargestDrained
            && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        return Task.CompletedTask;
    });

    // Servers without the feature, such as the one of tests, have no limit of their own.
    private static long? LimitOf(HttpContext context) =>
        context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { } limit ? limit.MaxRequestBodySize : MaxBytes;
}
