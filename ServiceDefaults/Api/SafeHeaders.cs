using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpsPolicy;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ServiceDefaults.Api;

public static class SafeHeaders
{
    private static readonly TimeSpan HttpsOnlyFor = TimeSpan.FromDays(365);

    internal static void AddSafeHeaders(this IHostApplicationBuilder builder)
    {
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);
        builder.Services.Configure<HstsOptions>(hsts => hsts.MaxAge = HttpsOnlyFor);
    }

    /// <summary>
    /// Adds to every response: browsers must not guess its type, caches must not store it unless it sets <c>Cache-Control</c>, and
    /// outside development, browsers that reached the app by HTTPS use nothing else for a year.
    /// </summary>
    public static void UseSafeHeaders(this WebApplication app)
    {
        // Set when the response starts: the exception handler clears headers that were set before.
        app.Use((context, next) =>
        {
            context.Response.OnStarting(() =>
            {
                var headers = context.Response.Headers;
                headers.XContentTypeOptions = "nosniff";
                if (headers.CacheControl.Count == 0)
                {
                    headers.CacheControl = "no-store";
                }

                return Task.CompletedTask;
            });
            return next(context);
        });

        if (!app.Environment.IsDevelopment())
        {
            app.UseHsts();
        }
    }
}
