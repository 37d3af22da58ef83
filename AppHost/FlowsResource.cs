using Hosting.Flows;

namespace AppHost;

/// <summary>Flows with what it needs to know of the shop: dead letters, the declared process of an order, and links.</summary>
internal static class FlowsResource
{
    /// <summary>Adds Flows, and a link from each order's page in <paramref name="webApp"/> to its flow.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="webApp">The shop's pages; it has dead letters too.</param>
    /// <param name="signingKey">Signs the token with which Flows reads and replays dead letters.</param>
    /// <param name="services">The other services that have dead letters.</param>
    public static void AddShopFlows(
        this IDistributedApplicationBuilder builder,
        IResourceBuilder<ProjectResource> webApp,
        IResourceBuilder<ParameterResource> signingKey,
        params IReadOnlyList<IResourceBuilder<ProjectResource>> services)
    {
        if (builder.AddFlows<Projects.Flows>() is not { } flows)
        {
            return;
        }

        flows
            .WithDeadLettersOf(signingKey, [.. services, webApp])
            .WithEnvironment("Flows__Processes", Path.GetFullPath("../docs/processes", builder.AppHostDirectory));

        foreach (var app in (IResourceBuilder<ProjectResource>[])[.. services, webApp])
        {
            app.WithFlowsLink(flows);
        }

        webApp.WithEnvironment("Flows__Url", ReferenceExpression.Create($"{flows.GetEndpoint("http")}/flows"));
    }
}
