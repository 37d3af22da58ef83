using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Run;

/// <summary>Where resources send their telemetry.</summary>
internal static class Telemetry
{
    public static void AddTo(EnvironmentCallbackContext context, IDistributedApplicationBuilder builder)
    {
        var variables = context.EnvironmentVariables;
        if (builder.Configuration["AppHost:OtlpEndpoint"] is { } endpoint)
        {
            variables.TryAdd("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint);
            variables.TryAdd("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");
            if (builder.Configuration["AppHost:OtlpApiKey"] is { } key)
            {
                var secret = new ParameterResource("otlp-api-key", _ => key, secret: true);
                variables.TryAdd("OTEL_EXPORTER_OTLP_HEADERS", ReferenceExpression.Create($"x-otlp-api-key={secret}"));
            }
        }

        variables.TryAdd("OTEL_SERVICE_NAME", context.Resource.Name);
        variables.TryAdd("OTEL_RESOURCE_ATTRIBUTES", $"service.instance.id={InstanceIdMark}");
        if (!builder.Environment.IsDevelopment())
        {
            return;
        }

        // At once instead of every few seconds, and everything: a person is watching.
        foreach (var name in new[] { "OTEL_BLRP_SCHEDULE_DELAY", "OTEL_BSP_SCHEDULE_DELAY", "OTEL_METRIC_EXPORT_INTERVAL" })
        {
            variables.TryAdd(name, "1000");
        }

        variables.TryAdd("OTEL_TRACES_SAMPLER", "always_on");
        variables.TryAdd("OTEL_METRICS_EXEMPLAR_FILTER", "trace_based");
        variables.TryAdd("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", "true");
        variables.TryAdd("OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION", "true");
        variables.TryAdd("OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION", "true");
    }

    /// <summary>Replaced by eight letters of its own for each process.</summary>
    public const string InstanceIdMark = "{{instance-id}}";
}
