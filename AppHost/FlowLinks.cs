/// <summary>Where the dashboard draws flows, an order's page links to its own: the embedded engine's dashboard does, and says where.</summary>
internal static class FlowLinks
{
    public static IResourceBuilder<ProjectResource> WithFlowLinks(this IResourceBuilder<ProjectResource> webApp)
    {
        var configuration = webApp.ApplicationBuilder.Configuration;

        return webApp.WithEnvironment(context =>
        {
            if (context.ExecutionContext.IsRunMode && configuration["AppHost:FlowsUrl"] is { } flows)
            {
                context.EnvironmentVariables["Flows__Url"] = flows;
            }
        });
    }
}
