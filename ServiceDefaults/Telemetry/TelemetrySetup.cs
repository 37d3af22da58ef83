using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using ServiceDefaults.Health;

namespace ServiceDefaults.Telemetry;

internal static class TelemetrySetup
{
    // The name of the event bus's activity source and of its meter.
    private const string EventBus = "EventBus";

    /// <summary>Logs, metrics and traces, exported to <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> if it is set.</summary>
    public static void ConfigureOpenTelemetry(this IHostApplicationBuilder builder)
    {
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });

        // OpenTelemetry's own setting: the share of all traces that is kept.
        var ratio = builder.Configuration.GetValue("OTEL_TRACES_SAMPLER_ARG", defaultValue: 1.0);

        // The clients of PostgreSQL, Redis and RabbitMQ add their traces themselves.
        var telemetry = builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics
                .AddMeter(EventBus)
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation())
            .WithTracing(tracing => tracing
                .SetSampler(new ParentBasedSampler(new RootSampler(new TraceIdRatioBasedSampler(ratio))))
                .AddProcessor<DatabaseSpanNames>()
                .AddProcessor<QueryRedaction>()
                .AddSource(builder.Environment.ApplicationName, EventBus)
                .AddAspNetCoreInstrumentation(options =>
                {
                    options.Filter = context => !HealthDefaults.IsHealthRequest(context.Request.Path);

                    // The event handler of a form would begin a trace of its own, apart from the request that it answers.
                    options.EnableRazorComponentsSupport = false;
                })
                .AddHttpClientInstrumentation());

        if (!string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            // If the collector does not answer, each signal delays the stop of the service by this many milliseconds.
            builder.Configuration["OTEL_EXPORTER_OTLP_TIMEOUT"] ??= "2000";
            telemetry.UseOtlpExporter();
        }
    }
}
