using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Testing;

/// <summary>Reaches the resources of an application under test. Mirrors Aspire's class of the same name.</summary>
public static class DistributedApplicationHostingTestingExtensions
{
    /// <summary>An HTTP client of a resource.</summary>
    /// <param name="app">The application.</param>
    /// <param name="resourceName">The resource.</param>
    /// <param name="endpointName">Default: <c>https</c>, else <c>http</c>.</param>
    public static HttpClient CreateHttpClient(this DistributedApplication app, string resourceName, string? endpointName = default)
    {
        var address = app.GetEndpoint(resourceName, endpointName);
        var client = app.Services.GetService<IHttpClientFactory>()?.CreateClient() ?? new HttpClient();
        client.BaseAddress = address;
        return client;
    }

    /// <summary>The connection string of a resource; waits until it is known.</summary>
    public static ValueTask<string?> GetConnectionStringAsync(
        this DistributedApplication app, string resourceName, CancellationToken cancellationToken = default) =>
        Find(app, resourceName) is IResourceWithConnectionString resource
            ? resource.GetConnectionStringAsync(cancellationToken)
            : throw new ArgumentException($"Resource '{resourceName}' does not expose a connection string.", nameof(resourceName));

    /// <summary>The address of a resource.</summary>
    public static Uri GetEndpoint(this DistributedApplication app, string resourceName, string? endpointName = default)
    {
        if (Find(app, resourceName) is not IResourceWithEndpoints resource)
        {
            throw new InvalidOperationException($"Resource '{resourceName}' has no allocated endpoints.");
        }

        string?[] wanted = endpointName is not null ? [endpointName] : ["https", "http"];
        var endpoint = wanted.Select(name => resource.GetEndpoints()
                .FirstOrDefault(endpoint => string.Equals(endpoint.EndpointName, name, StringComparison.OrdinalIgnoreCase)))
            .FirstOrDefault(endpoint => endpoint is { IsAllocated: true });
        return endpoint is not null
            ? new Uri(endpoint.Url)
            : throw new ArgumentException(
                endpointName is null
                    ? $"Resource '{resourceName}' has no allocated http or https endpoint."
                    : $"Endpoint '{endpointName}' for resource '{resourceName}' not found.",
                nameof(endpointName));
    }

    /// <summary>The address of a resource as seen from a network. Native processes know one network: the address is the same from each.</summary>
    public static Uri GetEndpointForNetwork(
        this DistributedApplication app, string resourceName, NetworkIdentifier? networkIdentifier, string? endpointName = default) =>
        app.GetEndpoint(resourceName, endpointName);

    private static IResource Find(DistributedApplication app, string name) =>
        app.Services.GetRequiredService<DistributedApplicationModel>().Resources
            .FirstOrDefault(resource => string.Equals(resource.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"Resource '{name}' not found.", nameof(name));
}
