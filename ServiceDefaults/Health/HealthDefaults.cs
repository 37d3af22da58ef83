using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ServiceDefaults.Health;

/// <summary><c>/health</c> says whether the service can work, <c>/alive</c> whether the process answers.</summary>
public static class HealthDefaults
{
    private const string HealthPath = "/health";
    private const string AlivePath = "/alive";
    private const string Live = "live";

    internal static void AddDefaultHealthChecks(this IHostApplicationBuilder builder)
    {
        // The answer itself names the unhealthy check. A log line for each request of the orchestrator would hide the cause.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [Live]);
        builder.Services.PostConfigure<HealthCheckServiceOptions>(LimitedCheck.ApplyTo);
    }

    /// <summary>
    /// Maps <c>/health</c> (every check) and <c>/alive</c> (the process answers) in every environment: an orchestrator asks for them in
    /// production too. The answers contain states, never addresses or exceptions. May be called more than once.
    /// </summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        if (((IApplicationBuilder)app).Properties.TryAdd(nameof(MapDefaultEndpoints), true))
        {
            MapHealth(app, HealthPath, _ => true);
            MapHealth(app, AlivePath, check => check.Tags.Contains(Live));
        }

        return app;
    }

    internal static bool IsHealthRequest(PathString path) =>
        path.StartsWithSegments(HealthPath, StringComparison.Ordinal) || path.StartsWithSegments(AlivePath, StringComparison.Ordinal);

    private static void MapHealth(WebApplication app, string path, Func<HealthCheckRegistration, bool> predicate) =>
        app.MapHealthChecks(path, new HealthCheckOptions { Predicate = predicate, ResponseWriter = HealthReply.WriteAsync })
            .AllowAnonymous()
            .DisableHttpMetrics()
            .DisableRateLimiting()
            .Add(endpoint => endpoint.RequestDelegate = OutsideOfTraces(endpoint.RequestDelegate!));

    // The request is not traced, but the queries of its checks would be, every few seconds.
    private static RequestDelegate OutsideOfTraces(RequestDelegate next) => async context =>
    {
        Activity.Current = null;
        await next(context);
    };
}
