using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;

namespace AppHost;

/// <summary>Flows draws the path of each order through services and queues, from the spans in Aspire's dashboard.</summary>
internal static class FlowsResource
{
    /// <summary>Adds Flows, and a link from each order's page in <paramref name="webApp"/> to its flow.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="webApp">The shop's pages; it has dead letters too.</param>
    /// <param name="signingKey">Signs the token with which Flows reads and replays dead letters.</param>
    /// <param name="services">The other services that have dead letters.</param>
    public static void AddFlows(
        this IDistributedApplicationBuilder builder,
        IResourceBuilder<ProjectResource> webApp,
        IResourceBuilder<ParameterResource> signingKey,
        params IReadOnlyList<IResourceBuilder<ProjectResource>> services)
    {
        // Aspire sets AuthMode only if it runs a dashboard. Without one (tests turn it off), Flows has no source of spans.
        if (!builder.ExecutionContext.IsRunMode || builder.Configuration["AppHost:ResourceService:AuthMode"] is null)
        {
            return;
        }

        var token = builder.Configuration["AppHost:BrowserToken"] ?? RandomNumberGenerator.GetHexString(32, lowercase: true);
        var flows = builder.AddProject<Projects.Flows>("flows")
            .WithEnvironment(context => FollowDashboard(context, builder.Configuration["AppHost:DashboardApiKey"]))
            .WithEnvironment("Flows__Frontend__BrowserToken", token)
            .WithDeadLettersOf(signingKey, [.. services, webApp])
            .WithEnvironment("Flows__Processes", Path.GetFullPath("../docs/processes", builder.AppHostDirectory))
            .WithUrlForEndpoint("http", url =>
            {
                url.DisplayText = "Flows";
                url.Url = $"/login?t={token}";
            })
            .WithHttpHealthCheck("/alive");

        foreach (var app in (IResourceBuilder<ProjectResource>[])[.. services, webApp])
        {
            app.WithUrl(
                ReferenceExpression.Create(
                    $"{flows.GetEndpoint("http")}/login?t={token}&returnUrl=/messages?service={app.Resource.Name}"), "Flows");
        }

        webApp.WithEnvironment("Flows__Url", ReferenceExpression.Create($"{flows.GetEndpoint("http")}/flows"));
    }

    private static void FollowDashboard(EnvironmentCallbackContext context, string? key)
    {
        // Aspire adds the dashboard to the model only when the application starts.
        var model = context.ExecutionContext.Services.GetRequiredService<DistributedApplicationModel>();
        var dashboard = model.Resources.OfType<IResourceWithEndpoints>().Single(resource => resource.Name == "aspire-dashboard");
        context.EnvironmentVariables["Flows__Dashboard__Url"] =
            dashboard.GetEndpoints().First(endpoint => endpoint.EndpointName is "http" or "https");
        context.EnvironmentVariables["Flows__Dashboard__ApiKey"] = key ?? "";
    }
}
