using System.Globalization;
using Aspire.Hosting.Health;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>A resource is healthy when a health check of this key is.</summary>
    public class HealthCheckAnnotation(string key) : IResourceAnnotation
    {
        /// <summary>The name of the check in the health check service.</summary>
        public string Key => key;
    }
}

namespace Aspire.Hosting
{
    public static partial class ResourceBuilderExtensions
    {
        /// <summary>A resource is healthy when a health check that was added to the services is.</summary>
        public static IResourceBuilder<T> WithHealthCheck<T>(this IResourceBuilder<T> builder, string key)
            where T : IResource => builder.Resource.Annotations.OfType<HealthCheckAnnotation>().Any(known => known.Key == key)
                ? throw new DistributedApplicationException($"Resource '{builder.Resource.Name}' already has a health check with key '{key}'.")
                : builder.WithAnnotation(new HealthCheckAnnotation(key));

        /// <summary>A resource is healthy when it answers an HTTP request.</summary>
        /// <param name="builder">Who answers.</param>
        /// <param name="path">Default: <c>/</c>.</param>
        /// <param name="statusCode">Default: 200.</param>
        /// <param name="endpointName">Default: <c>https</c>, else <c>http</c>.</param>
        /// <exception cref="DistributedApplicationException">The resource has no such endpoint, or it is not one of HTTP.</exception>
        public static IResourceBuilder<T> WithHttpHealthCheck<T>(
            this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, string? endpointName = null)
            where T : IResourceWithEndpoints
        {
            Func<EndpointReference> selector = endpointName is null ? () => HttpEndpoint(builder.Resource) : () => builder.GetEndpoint(endpointName);
            return builder.WithHttpHealthCheck(selector, path, statusCode);
        }

        /// <summary>A resource is healthy when it answers an HTTP request at an endpoint.</summary>
        public static IResourceBuilder<T> WithHttpHealthCheck<T>(
            this IResourceBuilder<T> builder, Func<EndpointReference>? endpointSelector, string? path = null, int? statusCode = null)
            where T : IResourceWithEndpoints
        {
            path ??= "/";
            var expected = statusCode ?? 200;
            var endpoint = HttpEndpoint(builder.Resource, endpointSelector);
            var key = string.Create(CultureInfo.InvariantCulture, $"{builder.Resource.Name}_{endpoint.EndpointName}_{path}_{expected}_check");
            builder.ApplicationBuilder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
                key,
                services => new HttpHealthCheck(
                    services.GetRequiredService<HealthClient>().StatusOfAsync,
                    _ => new(endpoint.IsAllocated ? new Uri(new Uri(endpoint.Url), path) : null),
                    expected),
                HealthStatus.Unhealthy, tags: null, timeout: TimeSpan.FromSeconds(10)));
            return builder.WithHealthCheck(key);
        }

        private static EndpointReference HttpEndpoint(IResourceWithEndpoints resource, Func<EndpointReference>? selector)
        {
            var endpoint = selector?.Invoke() ?? HttpEndpoint(resource);
            return endpoint.Exists && (endpoint.IsHttp || endpoint.IsHttps) ? endpoint : throw new DistributedApplicationException(
                $"The resource '{endpoint.Resource.Name}' has no HTTP endpoint named '{endpoint.EndpointName}'. Its endpoints are: {string.Join(", ", endpoint.Resource.GetEndpoints().Select(known => $"'{known.EndpointName}'"))}.");
        }

        private static EndpointReference HttpEndpoint(IResourceWithEndpoints resource) =>
            resource.GetEndpoints().FirstOrDefault(endpoint => endpoint.EndpointName == "https")
                ?? resource.GetEndpoints().FirstOrDefault(endpoint => endpoint.EndpointName == "http")
                ?? resource.GetEndpoints().FirstOrDefault(endpoint => endpoint.IsHttp || endpoint.IsHttps)
                ?? throw new DistributedApplicationException($"The resource '{resource.Name}' has no HTTP endpoint to check its health at.");
    }
}
