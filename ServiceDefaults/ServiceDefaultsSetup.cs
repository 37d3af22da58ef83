using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http.Resilience;
using ServiceDefaults.Health;
using ServiceDefaults.Telemetry;

namespace ServiceDefaults;

/// <summary>
/// What every process of the shop has: secrets from files, telemetry, health, service discovery, resilient HTTP clients, a clock.
/// </summary>
public static class ServiceDefaultsSetup
{
    // Docker, Podman and Compose mount secrets here, one file each: ConnectionStrings__catalogdb is ConnectionStrings:catalogdb.
    private const string SecretFiles = "/run/secrets";

    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder) where TBuilder : IHostApplicationBuilder
    {
        HealthProbe.ExitIfAsked();

        // Numbers and dates are written the same on every machine, whatever its language is.
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

        builder.AddSecretFiles();
        builder.ConfigureOpenTelemetry();
        builder.AddDefaultHealthChecks();

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            // A POST may have worked although its answer was lost: only its sender knows whether it may be sent again.
            // Each service has a circuit breaker of its own: a default for all clients would make them share one.
            http.AddStandardResilienceHandler(options => options.Retry.DisableForUnsafeHttpMethods()).SelectPipelineByAuthority();
            http.AddServiceDiscovery();
        });

        return builder;
    }

    // Only in containers: on other machines the folder may exist for another purpose, and may not be readable.
    private static void AddSecretFiles(this IHostApplicationBuilder builder)
    {
        if (builder.Configuration.GetValue<bool>("DOTNET_RUNNING_IN_CONTAINER"))
        {
            builder.Configuration.AddKeyPerFile(SecretFiles, optional: true);
        }
    }
}
