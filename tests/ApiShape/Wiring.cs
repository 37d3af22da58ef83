using System.Net.Sockets;

namespace ApiShape;

internal static class Wiring
{
    public static void References(IResourceBuilder<ProjectResource> app, IResourceBuilder<PostgresDatabaseResource> database, IResourceBuilder<ProjectResource> other)
    {
        app.WithReference(database)
            .WithReference(database, "renamed")
            .WithReference(database, connectionName: "maybe", optional: true)
            .WithReference(other)
            .WithReference(other, "nickname")
            .WithReference(other.GetEndpoint("http"))
            .WithReference("outside", new Uri("https://example.org"))
            .WithReferenceEnvironment(ReferenceEnvironmentInjectionFlags.ConnectionString | ReferenceEnvironmentInjectionFlags.ConnectionProperties)
            .WithReferenceEnvironment(ReferenceEnvironmentInjectionFlags.ServiceDiscovery | ReferenceEnvironmentInjectionFlags.Endpoints)
            .WithReferenceEnvironment(ReferenceEnvironmentInjectionFlags.All);
        app.WithReferenceRelationship(database).WithReferenceRelationship(database.Resource)
            .WithRelationship(other, "Friend").WithRelationship(other.Resource, "Friend")
            .WithChildRelationship(database).WithChildRelationship(database.Resource);
    }

    public static void Waiting(IResourceBuilder<ProjectResource> app, IResourceBuilder<IResource> dependency)
    {
        app.WaitFor(dependency).WaitFor(dependency, WaitBehavior.StopOnResourceUnavailable)
            .WaitForStart(dependency).WaitForStart(dependency, WaitBehavior.WaitOnResourceUnavailable)
            .WaitForCompletion(dependency).WaitForCompletion(dependency, exitCode: 3);
        var wait = new WaitAnnotation(dependency.Resource, WaitType.WaitForCompletion, exitCode: 3);
        _ = (wait.Resource, wait.WaitType, wait.ExitCode, wait.WaitBehavior);
    }

    public static void Endpoints(IResourceBuilder<ProjectResource> app)
    {
        app.WithEndpoint()
            .WithEndpoint(5001, 8080, "http", "web", "PORT", isProxied: true, isExternal: false, ProtocolType.Tcp)
            .WithEndpoint("web", endpoint => endpoint.IsExternal = true)
            .WithEndpoint("other", endpoint => endpoint.Port = 5002, createIfNotExists: true)
            .WithHttpEndpoint().WithHttpEndpoint(5003, 8081, "api", "API_PORT", isProxied: true)
            .WithHttpsEndpoint().WithHttpsEndpoint(5004, 8443, "secure", "SECURE_PORT", isProxied: true)
            .WithExternalHttpEndpoints().AsHttp2Service();
        EndpointReference reference = app.GetEndpoint("web");
        EndpointReference onANetwork = app.GetEndpoint("web", KnownNetworkIdentifiers.LocalhostNetwork);
        EndpointReference ofResource = app.Resource.GetEndpoint("web");
        EndpointReferenceExpression part = reference.Property(EndpointProperty.Url);
        _ = (reference.Exists, reference.IsAllocated, reference.IsHttp, reference.IsHttps, reference.Scheme, reference.TargetPort, reference.TlsEnabled, reference.EndpointName);
        _ = (reference.Resource, reference.EndpointAnnotation, onANetwork.Host, ofResource.Port, ofResource.Url, part.Endpoint, part.Property, app.Resource.GetEndpoints());
        EndpointProperty[] parts =
        [
            EndpointProperty.Url, EndpointProperty.Host, EndpointProperty.IPV4Host, EndpointProperty.Port, EndpointProperty.Scheme,
            EndpointProperty.TargetPort, EndpointProperty.HostAndPort, EndpointProperty.TlsEnabled,
        ];
        var annotation = new EndpointAnnotation(ProtocolType.Tcp, uriScheme: "http", transport: "http", name: "own", port: 1, targetPort: 2, isExternal: true, isProxied: false)
        {
            TargetHost = "localhost",
            ExcludeReferenceEndpoint = true,
            TlsEnabled = false,
        };
        annotation.AllocatedEndpoint = new AllocatedEndpoint(annotation, "localhost", 5001);
        _ = (annotation.AllocatedEndpoint?.UriString, annotation.AllocatedEndpoint?.EndPointString, annotation.Transport, parts.Length);
    }

    public static void Urls(IResourceBuilder<ProjectResource> app)
    {
        app.WithUrl("https://example.org")
            .WithUrl("https://example.org", "Docs")
            .WithUrl($"{app.GetEndpoint("http")}/scalar")
            .WithUrl($"{app.GetEndpoint("http")}/scalar", "API")
            .WithUrl(ReferenceExpression.Create($"{app.GetEndpoint("http")}/scalar"), "API")
            .WithUrlForEndpoint("http", url => url.DisplayText = "Shop")
            .WithUrlForEndpoint("http", endpoint => new ResourceUrlAnnotation { Url = $"{endpoint.Url}/scalar", DisplayText = "API", DisplayLocation = UrlDisplayLocation.DetailsOnly })
            .WithUrls(context => context.Urls.Clear())
            .WithUrls(async context =>
            {
                await Task.Yield();
                _ = (context.Resource, context.ExecutionContext, context.CancellationToken, context.Logger, context.GetEndpoint("http"));
            });
    }

    public static void Health(IResourceBuilder<ProjectResource> app)
    {
        app.WithHttpHealthCheck()
            .WithHttpHealthCheck("/health")
            .WithHttpHealthCheck("/alive", statusCode: 204, endpointName: "http")
            .WithHttpHealthCheck(() => app.GetEndpoint("http"))
            .WithHttpHealthCheck(() => app.GetEndpoint("http"), "/ready", statusCode: 200)
            .WithHealthCheck("own");
        _ = new HealthCheckAnnotation("key").Key;
    }
}
