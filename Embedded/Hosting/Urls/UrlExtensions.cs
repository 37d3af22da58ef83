using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>A link of a resource.</summary>
    public sealed class ResourceUrlAnnotation : IResourceAnnotation
    {
        /// <summary>Where it leads; a path is taken as below the endpoint.</summary>
        public required string Url { get; set; }

        /// <summary>What is shown instead of the URL.</summary>
        public string? DisplayText { get; set; }

        /// <summary>The endpoint it belongs to.</summary>
        public EndpointReference? Endpoint { get; init; }

        /// <summary>Where it is shown.</summary>
        public UrlDisplayLocation DisplayLocation { get; set; } = UrlDisplayLocation.SummaryAndDetails;
    }

    /// <summary>Where a link is shown.</summary>
    public enum UrlDisplayLocation
    {
        /// <summary>In the list and on the resource's page.</summary>
        SummaryAndDetails,

        /// <summary>On the resource's page.</summary>
        DetailsOnly,
    }

    /// <summary>What a links callback reads and writes.</summary>
    public class ResourceUrlsCallbackContext(
        DistributedApplicationExecutionContext executionContext, IResource resource, List<ResourceUrlAnnotation>? urls = null,
        CancellationToken cancellationToken = default)
    {
        /// <summary>The resource.</summary>
        public IResource Resource { get; } = resource;

        /// <summary>Its links.</summary>
        public List<ResourceUrlAnnotation> Urls { get; } = urls ?? [];

        /// <summary>Cancelled when the application stops.</summary>
        public CancellationToken CancellationToken { get; } = cancellationToken;

        /// <summary>The log of the resource.</summary>
        public ILogger Logger { get; set; } = NullLogger.Instance;

        /// <summary>Run or publish.</summary>
        public DistributedApplicationExecutionContext ExecutionContext { get; } = executionContext;

        /// <summary>An endpoint of the resource.</summary>
        public EndpointReference? GetEndpoint(string name) =>
            Resource is IResourceWithEndpoints owner && new EndpointReference(owner, name) is { Exists: true } endpoint ? endpoint : null;
    }

    /// <summary>Changes the links of a resource.</summary>
    public sealed class ResourceUrlsCallbackAnnotation(Func<ResourceUrlsCallbackContext, Task> callback) : IResourceAnnotation
    {
        /// <summary>Changes the links.</summary>
        public Func<ResourceUrlsCallbackContext, Task> Callback { get; } = callback;
    }
}

namespace Aspire.Hosting
{
    public static partial class ResourceBuilderExtensions
    {
        /// <summary>Changes the links of a resource.</summary>
        public static IResourceBuilder<T> WithUrls<T>(this IResourceBuilder<T> builder, Action<ResourceUrlsCallbackContext> callback)
            where T : IResource => builder.WithUrls(context =>
            {
                callback(context);
                return Task.CompletedTask;
            });

        /// <summary>Changes the links of a resource.</summary>
        public static IResourceBuilder<T> WithUrls<T>(this IResourceBuilder<T> builder, Func<ResourceUrlsCallbackContext, Task> callback)
            where T : IResource => builder.WithAnnotation(new ResourceUrlsCallbackAnnotation(callback));

        /// <summary>Adds a link.</summary>
        public static IResourceBuilder<T> WithUrl<T>(this IResourceBuilder<T> builder, string url, string? displayText = null)
            where T : IResource => builder.WithAnnotation(new ResourceUrlAnnotation { Url = url, DisplayText = displayText });

        /// <summary>Adds a link with values in it.</summary>
        public static IResourceBuilder<T> WithUrl<T>(
            this IResourceBuilder<T> builder, in ReferenceExpression.ExpressionInterpolatedStringHandler url, string? displayText = null)
            where T : IResource => builder.WithUrl(url.GetExpression(), displayText);

        /// <summary>Adds a link with values in it.</summary>
        public static IResourceBuilder<T> WithUrl<T>(this IResourceBuilder<T> builder, ReferenceExpression url, string? displayText = null)
            where T : IResource => builder.WithUrls(async context =>
            {
                if (await url.GetValueAsync(context.CancellationToken) is { Length: > 0 } value)
                {
                    var endpoint = url.ValueProviders.OfType<EndpointReference>().FirstOrDefault();
                    context.Urls.Add(new ResourceUrlAnnotation { Url = value, DisplayText = displayText, Endpoint = endpoint });
                }
            });

        /// <summary>Changes the link of an endpoint.</summary>
        public static IResourceBuilder<T> WithUrlForEndpoint<T>(
            this IResourceBuilder<T> builder, string endpointName, Action<ResourceUrlAnnotation> callback)
            where T : IResource => builder.WithUrls(context =>
            {
                foreach (var url in context.Urls.Where(url => string.Equals(url.Endpoint?.EndpointName, endpointName, StringComparison.OrdinalIgnoreCase)))
                {
                    callback(url);
                }
            });

        /// <summary>Adds a link of an endpoint.</summary>
        public static IResourceBuilder<T> WithUrlForEndpoint<T>(
            this IResourceBuilder<T> builder, string endpointName, Func<EndpointReference, ResourceUrlAnnotation> callback)
            where T : IResourceWithEndpoints => builder.WithUrls(context =>
            {
                if (context.GetEndpoint(endpointName) is { } endpoint)
                {
                    var made = callback(endpoint);
                    context.Urls.Add(new ResourceUrlAnnotation
                    {
                        Url = made.Url,
                        DisplayText = made.DisplayText,
                        DisplayLocation = made.DisplayLocation,
                        Endpoint = endpoint,
                    });
                }
            });
    }
}
