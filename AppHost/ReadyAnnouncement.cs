using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace AppHost;

/// <summary>Prints a line for each resource that becomes healthy, and the address of the shop when all apps are healthy.</summary>
internal static class ReadyAnnouncement
{
    public static void AnnounceWhenHealthy(this IDistributedApplicationBuilder builder, IResourceBuilder<ProjectResource> webApp)
    {
        if (builder.ExecutionContext.IsRunMode)
        {
            builder.Services.AddHostedService(services => new Announcer(
                services.GetRequiredService<ResourceNotificationService>(), services.GetRequiredService<DistributedApplicationModel>(),
                webApp.Resource));
        }
    }

    private sealed class Announcer(
        ResourceNotificationService notifications, DistributedApplicationModel model, ProjectResource shop) : BackgroundService
    {
        private readonly long _began = TimeProvider.System.GetTimestamp();

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            // Tests run AppHost with only some of its resources.
            var awaited = model.Resources.OfType<ProjectResource>()
                .Where(app => !app.Annotations.OfType<ExplicitStartupAnnotation>().Any()).Select(app => app.Name).ToHashSet();
            if (!awaited.Contains(shop.Name))
            {
                return;
            }

            var healthy = new HashSet<string>();
            await foreach (var change in notifications.WatchAsync(stoppingToken))
            {
                if (change.Resource is ParameterResource || change.Snapshot.IsHidden
                    || change.Snapshot.State?.Text != KnownResourceStates.Running
                    || change.Snapshot.HealthStatus != HealthStatus.Healthy || !healthy.Add(change.Resource.Name))
                {
                    continue;
                }

                Console.WriteLine($"{TimeProvider.System.GetElapsedTime(_began).TotalSeconds,6:0.0} s  {change.Resource.Name} is healthy");
                if (awaited.IsSubsetOf(healthy))
                {
                    Console.WriteLine($"Shop is ready at {shop.GetEndpoint("http").Url}");
                    return;
                }
            }
        }
    }
}
