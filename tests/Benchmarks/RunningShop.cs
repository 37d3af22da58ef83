using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Benchmarks.Soak;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Benchmarks;

/// <summary>
/// The whole shop as in production: no development pages, and no limit of requests, because all of them come from one
/// address.
/// </summary>
internal static class RunningShop
{
    public const string AdminPassword = "Benchmarks-of-an-admin-1";

    /// <param name="hasTelemetry">The services send their telemetry to Aspire's dashboard; otherwise they record none.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <param name="replicas">The processes of each app.</param>
    /// <param name="logs">Receives what the services print. By default it is lost, because it is not part of the report.</param>
    public static async Task<DistributedApplication> StartAsync(
        bool hasTelemetry, CancellationToken cancellationToken, int replicas = 1, LogFiles? logs = null)
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            ["--Shop:Volumes=false", $"--Shop:Replicas={replicas}", $"--Parameters:admin-password={AdminPassword}"],
            (options, _) => options.DisableDashboard = !hasTelemetry,
            cancellationToken);
        var projects = builder.Resources.OfType<ProjectResource>().ToArray();
        foreach (var project in projects)
        {
            builder.CreateResourceBuilder(project)
                .WithEnvironment("ASPNETCORE_ENVIRONMENT", "Production")
                .WithEnvironment("DOTNET_ENVIRONMENT", "Production")
                .WithEnvironment("RateLimits__RequestsPerSecond", "0")
                .WithEnvironment("Identity__RequestsPerMinute", "1000000")
                .WithEnvironment("Identity__PasswordTokens", "true")
                .WithEnvironment("Identity__RequireSecondFactor", "false")
                .WithEnvironment("OTEL_SDK_DISABLED", hasTelemetry ? "false" : "true");
        }

        builder.Services.AddLogging(logging =>
        {
            logging.AddFilter("AppHost.Resources", LogLevel.None);
            if (logs is not null)
            {
                logging.AddProvider(logs).AddFilter<LogFiles>("AppHost.Resources", LogLevel.Trace);
            }
        });
        var app = await builder.BuildAsync(cancellationToken);
        await app.StartAsync(cancellationToken);
        await Task.WhenAll(projects
            .Where(project => !project.Annotations.OfType<ExplicitStartupAnnotation>().Any())
            .Select(project => app.ResourceNotifications.WaitForResourceHealthyAsync(project.Name, cancellationToken)));
        return app;
    }
}
