using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;

namespace Hosting.Flows;

/// <summary>Adds Flows to an Aspire app.</summary>
public static class FlowsBuilderExtensions
{
    /// <summary>
    /// Adds Flows, which draws the path of messages through services and queues. It reads the spans of all resources from Aspire's
    /// dashboard, so no service has to change.
    /// </summary>
    /// <typeparam name="TProject">The project of Flows, usually <c>Projects.Flows</c>.</typeparam>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource. Default: <c>flows</c>.</param>
    /// <returns>
    /// The resource, or null if Aspire runs no dashboard, as in publish mode and by default in tests: Flows then has no source of spans.
    /// </returns>
    /// <remarks>
    /// The login link of the resource has a token, which is that of the dashboard (<c>AppHost:BrowserToken</c>) or a generated one. The
    /// dashboard's key is <c>AppHost:DashboardApiKey</c>, which Aspire generates.
    /// </remarks>
    public static IResourceBuilder<ProjectResource>? AddFlows<TProject>(
        this IDistributedApplicationBuilder builder, [ResourceName] string name = "flows")
        where TProject : IProjectMetadata, new()
    {
        ArgumentNullException.ThrowIfNull(builder);

        // Aspire sets AuthMode only if it runs a dashboard.
        if (!builder.ExecutionContext.IsRunMode || builder.Configuration["AppHost:ResourceService:AuthMode"] is null)
        {
            return null;
        }

        var token = builder.Configuration["AppHost:BrowserToken"] ?? RandomNumberGenerator.GetHexString(32, lowercase: true);
        return builder.AddProject<TProject>(name)
            .WithAnnotation(new FlowsLogin(token))
            .WithEnvironment(context => FollowDashboard(context, builder.Configuration["AppHost:DashboardApiKey"]))
            .WithEnvironment("Flows__Frontend__BrowserToken", token)
            .WithUrlForEndpoint("http", url =>
            {
                url.DisplayText = "Flows";
                url.Url = $"/login?t={token}";
            })
            .WithHttpHealthCheck("/alive");
    }

    /// <summary>Adds a link to the messages of this service in Flows to its URLs in Aspire's dashboard.</summary>
    /// <param name="service">The service. Its resource name must be the name that it has in its spans, as Aspire sets it.</param>
    /// <param name="flows">The result of <see cref="AddFlows"/>.</param>
    /// <returns>The service.</returns>
    /// <exception cref="ArgumentException"><paramref name="flows"/> was not added by <see cref="AddFlows"/>.</exception>
    public static IResourceBuilder<T> WithFlowsLink<T>(this IResourceBuilder<T> service, IResourceBuilder<ProjectResource> flows)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(service);
        ArgumentNullException.ThrowIfNull(flows);
        if (!flows.Resource.TryGetLastAnnotation<FlowsLogin>(out var login))
        {
            throw new ArgumentException($"The resource '{flows.Resource.Name}' was not added by AddFlows.", nameof(flows));
        }

        var messages = ReferenceExpression.Create(
            $"{flows.GetEndpoint("http")}/login?t={login.Token}&returnUrl=/messages?service={service.Resource.Name}");
        return service.WithUrl(messages, "Flows");
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

    private sealed record FlowsLogin(string Token) : IResourceAnnotation;
}
