using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Urls;

/// <summary>The links of a resource: its endpoints, and what the model says about them.</summary>
internal static class ResourceUrls
{
    public static async Task<ImmutableArray<UrlSnapshot>> OfAsync(IResource resource, IServiceProvider services, CancellationToken cancellationToken)
    {
        List<ResourceUrlAnnotation> urls =
        [
            .. resource is not IResourceWithEndpoints owner ? [] : owner.GetEndpoints().Where(endpoint => endpoint.IsAllocated)
                .Select(endpoint => new ResourceUrlAnnotation { Url = endpoint.Url, Endpoint = endpoint }),
            .. resource.Annotations.OfType<ResourceUrlAnnotation>(),
        ];
        var context = new ResourceUrlsCallbackContext(
            services.GetRequiredService<DistributedApplicationExecutionContext>(), resource, urls, cancellationToken)
        {
            Logger = services.GetRequiredService<ResourceLoggerService>().GetLogger(resource),
        };
        foreach (var callback in resource.Annotations.OfType<ResourceUrlsCallbackAnnotation>())
        {
            await callback.Callback(context);
        }

        return
        [
            .. urls.Select(url => new UrlSnapshot(url.Endpoint?.EndpointName, Absolute(url), url.DisplayLocation == UrlDisplayLocation.DetailsOnly)
            {
                DisplayProperties = new(url.DisplayText ?? ""),
            }),
        ];
    }

    // "/scalar" is below the endpoint.
    private static string Absolute(ResourceUrlAnnotation url) =>
        url.Url.StartsWith('/') && url.Endpoint is { IsAllocated: true } endpoint ? new Uri(new Uri(endpoint.Url), url.Url).ToString() : url.Url;
}
