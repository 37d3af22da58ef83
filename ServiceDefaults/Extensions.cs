using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using ServiceDefaults;
using ServiceDefaults.Telemetry;

namespace Microsoft.Extensions.Hosting;

/// <summary>What every process of the shop has: secrets from files, telemetry, health, service discovery, patient HTTP clients, a clock.</summary>
public static class Extensions
{
    private const string HealthPath = "/health";
    private const string AlivePath = "/alive";

    // Where Docker, Podman and Compose mount secrets, one file each: ConnectionStrings__catalogdb is ConnectionStrings:catalogdb.
    private const string SecretFiles = "/run/secrets";

    // EventBus names its activity source and its meter like itself.
    private const string EventBus = "EventBus";

    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder) where TBuilder : IHostApplicationBuilder
    {
        HealthProbe.ExitIfAsked();
        builder.AddSecretFiles();
        builder.ConfigureOpenTelemetry();
        builder.AddDefaultHealthChecks();

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            // A POST whose answer was lost may have worked: only its sender knows whether repeating it is safe.
            http.AddStandardResilienceHandler(options => options.Retry.DisableForUnsafeHttpMethods());
            http.AddServiceDiscovery();
        });

        return builder;
    }

    // In containers only: elsewhere the folder, if there is one, is not for the shop and may not be readable.
    private static void AddSecretFiles(this IHostApplicationBuilder builder)
    {
        if (builder.Configuration.GetValue<bool>("DOTNET_RUNNING_IN_CONTAINER"))
        {
            builder.Configuration.AddKeyPerFile(SecretFiles, optional: true);
        }
    }

    public static TBuilder ConfigureOpenTelemetry<TBuilder>(this TBuilder builder) where TBuilder : IHostApplicationBuilder
    {
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });

        // OpenTelemetry's own setting: the share of all traces that are kept.
        var ratio = builder.Configuration.GetValue("OTEL_TRACES_SAMPLER_ARG", defaultValue: 1.0);

        // The traces of PostgreSQL, Redis and RabbitMQ are added by their clients.
        var telemetry = builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics
                .AddMeter(EventBus)
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation())
            .WithTracing(tracing => tracing
                .SetSampler(new ParentBasedSampler(new RootSampler(new TraceIdRatioBasedSampler(ratio))))
                .AddProcessor<DatabaseSpanNames>()
                .AddSource(builder.Environment.ApplicationName, EventBus)
                .AddAspNetCoreInstrumentation(options =>
                {
                    options.Filter = context => !IsHealthRequest(context.Request.Path);

                    // A form's event handler would begin a trace of its own, apart from the request that it answers.
                    options.EnableRazorComponentsSupport = false;
                })
                .AddHttpClientInstrumentation());

        if (!string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            // A collector that says nothing would hold up the end of the service as long as this, for each signal.
            builder.Configuration["OTEL_EXPORTER_OTLP_TIMEOUT"] ??= "2000";
            telemetry.UseOtlpExporter();
        }

        return builder;
    }

    public static TBuilder AddDefaultHealthChecks<TBuilder>(this TBuilder builder) where TBuilder : IHostApplicationBuilder
    {
        // A check that is not healthy says so to whoever asks, in every answer; a line in the log for each would hide the cause.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), ["live"]);
        return builder;
    }

    /// <summary>
    /// Maps <c>/health</c> (ready: every check) and <c>/alive</c> (the process answers), in every environment: what starts and routes to a
    /// service asks for them in production too. They tell states, never addresses or exceptions. May be called more than once.
    /// </summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        if (((IApplicationBuilder)app).Properties.TryAdd(nameof(MapDefaultEndpoints), true))
        {
            MapHealth(app, HealthPath, _ => true);
            MapHealth(app, AlivePath, check => check.Tags.Contains("live"));
        }

        return app;
    }

    private static void MapHealth(WebApplication app, string path, Func<HealthCheckRegistration, bool> predicate) =>
        app.MapHealthChecks(path, new HealthCheckOptions { Predicate = predicate, ResponseWriter = HealthReply.WriteAsync })
            .AllowAnonymous()
            .DisableHttpMetrics()
            .DisableRateLimiting()
            .Add(endpoint => endpoint.RequestDelegate = OutsideOfTraces(endpoint.RequestDelegate!));

    // What the checks ask of databases would be traced although the request is not, every few seconds.
    private static RequestDelegate OutsideOfTraces(RequestDelegate next) => async context =>
    {
        Activity.Current = null;
        await next(context);
    };

    private static bool IsHealthRequest(PathString path) =>
        path.StartsWithSegments(HealthPath, StringComparison.Ordinal) || path.StartsWithSegments(AlivePath, StringComparison.Ordinal);
}
