using System.Globalization;
using Aspire.Hosting.Health;
using Aspire.Hosting.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Adds services outside the model. Mirrors Aspire's class of the same name.</summary>
public static class ExternalServiceBuilderExtensions
{
    /// <summary>Adds a service at a URL. Mirrors <c>ExternalServiceBuilderExtensions.AddExternalService</c>.</summary>
    /// <exception cref="ArgumentException">The URL is not absolute, or has a query or fragment.</exception>
    public static IResourceBuilder<ExternalServiceResource> AddExternalService(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri)
            ? builder.AddExternalService(name, uri)
            : throw new ArgumentException($"'{url}' is no absolute URL.", nameof(url));

    /// <summary>Adds a service at a URL. Mirrors <c>ExternalServiceBuilderExtensions.AddExternalService</c>.</summary>
    /// <exception cref="ArgumentException">The URL is not absolute, or has a query or fragment.</exception>
    public static IResourceBuilder<ExternalServiceResource> AddExternalService(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, Uri uri) =>
        builder.Add(new ExternalServiceResource(name, uri)).WithUrl(uri.ToString());

    /// <summary>Adds a service whose URL a parameter says. Mirrors <c>ExternalServiceBuilderExtensions.AddExternalService</c>.</summary>
    public static IResourceBuilder<ExternalServiceResource> AddExternalService(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, IResourceBuilder<ParameterResource> urlParameter) =>
        builder.Add(new ExternalServiceResource(name, urlParameter.Resource)).WithUrl(ReferenceExpression.Create($"{urlParameter}"));

    /// <summary>The service is healthy when a path answers with a status. Mirrors <c>ExternalServiceBuilderExtensions.WithHttpHealthCheck</c>.</summary>
    /// <param name="builder">The service's builder.</param>
    /// <param name="path">Default: the URL itself.</param>
    /// <param name="statusCode">Default: 200.</param>
    public static IResourceBuilder<ExternalServiceResource> WithHttpHealthCheck(
        this IResourceBuilder<ExternalServiceResource> builder, string? path = null, int? statusCode = null)
    {
        var service = builder.Resource;
        var expected = statusCode ?? 200;
        var key = string.Create(CultureInfo.InvariantCulture, $"{service.Name}_external{(path is null ? "" : $"_{path}")}_{expected}_check");
        builder.ApplicationBuilder.Services.AddHttpClient();
        builder.ApplicationBuilder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            key,
            services => new HttpHealthCheck(
                async (address, cancellationToken) =>
                {
                    using var client = services.GetRequiredService<IHttpClientFactory>().CreateClient(key);
                    using var response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
                    return (int)response.StatusCode;
                },
                async cancellationToken => await service.LocateAsync(cancellationToken) is var address && path is not null ? new Uri(address, path) : address,
                expected),
            HealthStatus.Unhealthy, tags: null, timeout: TimeSpan.FromSeconds(10)));
        return builder.WithHealthCheck(key);
    }

    private static IResourceBuilder<ExternalServiceResource> Add(this IDistributedApplicationBuilder builder, ExternalServiceResource service) =>
        builder.AddResource(service)
            .ExcludeFromManifest()
            .WithAnnotation(new PreparationAnnotation(async (_, cancellationToken) => await service.LocateAsync(cancellationToken)));
}
