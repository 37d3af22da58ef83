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
        foreach (var (name, value) in QuickStart.Variables)
        {
            variables.TryAdd(name, value);
        }

        Telemetry.AddTo(context, builder);
        var endpoints = context.Resource.Annotations.OfType<EndpointAnnotation>()
            .Where(endpoint => endpoint.UriScheme is "http" or "https")
            .Where(endpoint => IsTold(context.Resource, endpoint))
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
        var endpoints = project.GetEndpoints().ToArray();
        if (endpoints.Length > 0 && !project.HasAnnotationOfType<DisableForwardedHeadersAnnotation>())
        {
            context.EnvironmentVariables["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true";
        }

        foreach (var (variable, scheme) in new[] { ("HTTP_PORTS", "http"), ("HTTPS_PORTS", "https") })
        {
            var ports = new ReferenceExpressionBuilder();
            foreach (var endpoint in endpoints.Where(endpoint =>
                endpoint.Scheme == scheme && !endpoint.EndpointAnnotation.IsOfThePlatform && IsTold(project, endpoint.EndpointAnnotation)))
            {
                ports.AppendLiteral(ports.IsEmpty ? "" : ";");
                ports.Append($"{endpoint.Property(EndpointProperty.TargetPort)}");
            }

            if (!ports.IsEmpty)
            {
                context.EnvironmentVariables.TryAdd(variable, ports.Build());
            }
        }
    }

    // A variable of the model's own tells the rest.
    private static bool IsTold(IResource project, EndpointAnnotation endpoint) =>
        endpoint.PortVariable is null && project.Annotations.OfType<EndpointsInEnvironmentAnnotation>().All(chosen => chosen.Filter(endpoint));
}
