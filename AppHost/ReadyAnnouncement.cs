using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

/// <summary>Tells the person at the terminal, in one line, that the whole shop is healthy and where it is.</summary>
internal static class ReadyAnnouncement
{
    public static void AnnounceWhenHealthy(this IDistributedApplicationBuilder builder, IResourceBuilder<ProjectResource> webApp)
    {
        if (builder.ExecutionContext.IsRunMode)
        {
            var apps = builder.Resources.OfType<ProjectResource>().Select(app => app.Name).ToArray();
            builder.Services.AddHostedService(services =>
                new Announcer(services.GetRequiredService<ResourceNotificationService>(), apps, webApp.GetEndpoint("http")));
        }
    }

    private sealed class Announcer(ResourceNotificationService notifications, string[] apps, EndpointReference shop) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.WhenAll(apps.Select(app => notifications.WaitForResourceHealthyAsync(app, stoppingToken)));
            await Console.Out.WriteLineAsync($"Shop is ready at {shop.Url}".AsMemory(), stoppingToken);
        }
    }
}
