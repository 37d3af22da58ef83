using Aspire.Hosting.DashboardLink;
using Aspire.Hosting.Endpoints;
using Aspire.Hosting.Health;
using Aspire.Hosting.Installation;
using Aspire.Hosting.Logs;
using Aspire.Hosting.Publishing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Run;

internal static class EngineServices
{
    public static void AddEngine(this DistributedApplicationBuilder builder, DistributedApplicationOptions options)
    {
        var services = builder.Services;
        services.AddSingleton(builder.ExecutionContext);
        services.AddSingleton(builder.Eventing);
        services.AddSingleton(builder.Metadata);
        services.AddSingleton(options);
        services.AddSingleton(_ => new DistributedApplicationModel(builder.Resources));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new ResourceNotificationService(
            provider.GetRequiredService<IHostApplicationLifetime>(), provider.GetRequiredService<IOptions<ResourceNotificationServiceOptions>>()));
        services.AddSingleton(provider => new ResourceLoggerService(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ResourceCommandService(
            provider.GetRequiredService<DistributedApplicationModel>(), provider.GetRequiredService<ResourceLoggerService>(),
            provider.GetRequiredService<ResourceNotificationService>(), provider));
        services.AddSingleton<HealthClient>();
        services.AddHealthChecks();

        // Its lines about every failed check would drown the rest: the engine tells what matters.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        services.Configure<ResourceNotificationServiceOptions>(settings => settings.DefaultWaitBehavior =
            options.DisableDashboard ? WaitBehavior.StopOnResourceUnavailable : WaitBehavior.WaitOnResourceUnavailable);
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        if (builder.ExecutionContext.IsPublishMode)
        {
            // What goes wrong is told once, by whoever runs the application.
            builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
            services.AddHostedService<ManifestPublisher>();
            return;
        }

        var dashboard = DashboardSettings.Read(builder);
        services.AddSingleton(dashboard);
        services.AddSingleton<DashboardHost>();
        services.AddSingleton<EndpointPlan>();
        services.AddSingleton<ServerInstaller>();
        services.AddSingleton<SecondInterrupt>();
        services.AddSingleton(_ => RunFolder.Create());
        services.AddSingleton(provider => new Terminal(provider.GetRequiredService<TimeProvider>(), options.Quiet));
        services.AddSingleton<Orchestrator>();
        services.AddHostedService(provider => provider.GetRequiredService<Orchestrator>());
        if (options.EnableResourceLogging)
        {
            services.AddHostedService<ResourceLogForwarder>();
        }

        if (dashboard.IsEnabled)
        {
            services.AddHostedService<ResourceLinkClient>();
        }
    }
}
