using Aspire.Hosting.Run;

namespace Aspire.Hosting.Projects;

/// <summary>The environment variables that every app gets.</summary>
internal static class ProjectEnvironment
{
    public static IResourceBuilder<ProjectResource> Add(IResourceBuilder<ProjectResource> project)
    {
        var builder = project.ApplicationBuilder;
        project.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory");
        return builder.ExecutionContext.IsRunMode
            ? project.WithEnvironment(context => AddForRun(context, builder))
            : project.WithEnvironment(context => AddForPublish(context, project.Resource));
    }

    private static void AddForRun(EnvironmentCallbackContext context, IDistributedApplicationBuilder builder)
    {
        var variables = context.EnvironmentVariables;
        variables.TryAdd("DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION", "true");
        variables.TryAdd("LOGGING__CONSOLE__FORMATTERNAME", "simple");
        Telemetry.AddTo(context, builder);
        var endpoints = context.Resource.Annotations.OfType<EndpointAnnotation>()
            .Where(endpoint => endpoint.UriScheme is "http" or "https")
            .Where(endpoint => context.Resource.Annotations.OfType<EndpointsInEnvironmentAnnotation>().All(chosen => chosen.Filter(endpoint)))
            .Select(endpoint => new EndpointReference((IResourceWithEndpoints)context.Resource, endpoint))
            .ToArray();
        if (endpoints.Length == 0)
        {
            return;
        }

        var urls = new ReferenceExpressionBuilder();
        foreach (var (index, endpoint) in endpoints.Index())
        {
            urls.AppendLiteral($"{(index > 0 ? ";" : "")}{endpoint.Scheme}://{endpoint.EndpointAnnotation.TargetHost}:");
            urls.Append($"{endpoint.Property(EndpointProperty.TargetPort)}");
        }

        variables.TryAdd("ASPNETCORE_URLS", urls.Build());
        if (endpoints.FirstOrDefault(endpoint => endpoint.IsHttps) is { } secure)
        {
            variables.TryAdd("ASPNETCORE_HTTPS_PORT", secure.Property(EndpointProperty.Port));
        }
    }

    private static void AddForPublish(EnvironmentCallbackContext context, ProjectResource project)
    {
        var endpoints = project.GetEndpoints().Where(endpoint => endpoint.IsHttp || endpoint.IsHttps).ToArray();
        if (endpoints.Length == 0)
        {
            return;
        }

        if (!project.HasAnnotationOfType<DisableForwardedHeadersAnnotation>())
        {
            context.EnvironmentVariables["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true";
        }

        if (endpoints.FirstOrDefault(endpoint => endpoint.IsHttp) is { } http)
        {
            context.EnvironmentVariables["HTTP_PORTS"] = http.Property(EndpointProperty.TargetPort);
        }
    }
}
