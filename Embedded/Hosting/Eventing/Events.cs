using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>The application is about to start: last chance to change the model.</summary>
    public class BeforeStartEvent(IServiceProvider services, DistributedApplicationModel model) : IDistributedApplicationEvent
    {
        /// <summary>The application's services.</summary>
        public IServiceProvider Services { get; } = services;

        /// <summary>The model.</summary>
        public DistributedApplicationModel Model { get; } = model;
    }

    /// <summary>Every resource has been told to start.</summary>
    public class AfterResourcesCreatedEvent(IServiceProvider services, DistributedApplicationModel model) : IDistributedApplicationEvent
    {
        /// <summary>The application's services.</summary>
        public IServiceProvider Services { get; } = services;

        /// <summary>The model.</summary>
        public DistributedApplicationModel Model { get; } = model;
    }

    /// <summary>A resource appears for the first time.</summary>
    public class InitializeResourceEvent(
        IResource resource, IDistributedApplicationEventing distributedApplicationEventing, ResourceLoggerService resourceLoggerService,
        ResourceNotificationService resourceNotificationService, IServiceProvider services) : IDistributedApplicationResourceEvent
    {
        /// <inheritdoc/>
        public IResource Resource { get; } = resource;

        /// <summary>Tells what happens.</summary>
        public IDistributedApplicationEventing Eventing { get; } = distributedApplicationEventing;

        /// <summary>The log of the resource.</summary>
        public ILogger Logger { get; } = resourceLoggerService.GetLogger(resource);

        /// <summary>Tells states.</summary>
        public ResourceNotificationService Notifications { get; } = resourceNotificationService;

        /// <inheritdoc/>
        public IServiceProvider Services { get; } = services;
    }

    /// <summary>The addresses of a resource are known.</summary>
    public class ResourceEndpointsAllocatedEvent(IResource resource, IServiceProvider services) : IDistributedApplicationResourceEvent
    {
        /// <inheritdoc/>
        public IResource Resource { get; } = resource;

        /// <inheritdoc/>
        public IServiceProvider Services { get; } = services;
    }

    /// <summary>The connection string of a resource is known.</summary>
    public class ConnectionStringAvailableEvent(IResource resource, IServiceProvider services) : IDistributedApplicationResourceEvent
    {
        /// <inheritdoc/>
        public IResource Resource { get; } = resource;

        /// <inheritdoc/>
        public IServiceProvider Services { get; } = services;
    }

    /// <summary>What a resource waits for is there; it is about to start.</summary>
    public class BeforeResourceStartedEvent(IResource resource, IServiceProvider services) : IDistributedApplicationResourceEvent
    {
        /// <inheritdoc/>
        public IResource Resource { get; } = resource;

        /// <inheritdoc/>
        public IServiceProvider Services { get; } = services;
    }

    /// <summary>A resource is healthy for the first time since it started.</summary>
    public class ResourceReadyEvent(IResource resource, IServiceProvider services) : IDistributedApplicationResourceEvent
    {
        /// <inheritdoc/>
        public IResource Resource { get; } = resource;

        /// <inheritdoc/>
        public IServiceProvider Services { get; } = services;
    }

    /// <summary>A resource has stopped.</summary>
    public class ResourceStoppedEvent(IResource resource, IServiceProvider services, ResourceEvent resourceEvent) : IDistributedApplicationResourceEvent
    {
        /// <inheritdoc/>
        public IResource Resource { get; } = resource;

        /// <inheritdoc/>
        public IServiceProvider Services { get; } = services;

        /// <summary>Its last state.</summary>
        public ResourceEvent ResourceEvent { get; } = resourceEvent;
    }
}

namespace Aspire.Hosting
{
    /// <summary>Calls back at events of one resource. Mirrors Aspire's class of the same name.</summary>
    public static class DistributedApplicationEventingExtensions
    {
        /// <summary>Calls back when the resource appears for the first time.</summary>
        public static IResourceBuilder<T> OnInitializeResource<T>(
            this IResourceBuilder<T> builder, Func<T, InitializeResourceEvent, CancellationToken, Task> callback)
            where T : IResource => builder.On(callback);

        /// <summary>Calls back when the addresses of the resource are known.</summary>
        public static IResourceBuilder<T> OnResourceEndpointsAllocated<T>(
            this IResourceBuilder<T> builder, Func<T, ResourceEndpointsAllocatedEvent, CancellationToken, Task> callback)
            where T : IResourceWithEndpoints => builder.On(callback);

        /// <summary>Calls back when the connection string of the resource is known.</summary>
        public static IResourceBuilder<T> OnConnectionStringAvailable<T>(
            this IResourceBuilder<T> builder, Func<T, ConnectionStringAvailableEvent, CancellationToken, Task> callback)
            where T : IResourceWithConnectionString => builder.On(callback);

        /// <summary>Calls back before the resource starts; it starts when the callback has ended.</summary>
        public static IResourceBuilder<T> OnBeforeResourceStarted<T>(
            this IResourceBuilder<T> builder, Func<T, BeforeResourceStartedEvent, CancellationToken, Task> callback)
            where T : IResource => builder.On(callback);

        /// <summary>Calls back when the resource is healthy; others that wait for it start when the callback has ended.</summary>
        public static IResourceBuilder<T> OnResourceReady<T>(
            this IResourceBuilder<T> builder, Func<T, ResourceReadyEvent, CancellationToken, Task> callback)
            where T : IResource => builder.On(callback);

        /// <summary>Calls back when the resource has stopped.</summary>
        public static IResourceBuilder<T> OnResourceStopped<T>(
            this IResourceBuilder<T> builder, Func<T, ResourceStoppedEvent, CancellationToken, Task> callback)
            where T : IResource => builder.On(callback);

        /// <summary>Calls back before the application starts.</summary>
        public static T OnBeforeStart<T>(this T builder, Func<BeforeStartEvent, CancellationToken, Task> callback)
            where T : IDistributedApplicationBuilder
        {
            builder.Eventing.Subscribe(callback);
            return builder;
        }

        private static IResourceBuilder<TResource> On<TResource, TEvent>(
            this IResourceBuilder<TResource> builder, Func<TResource, TEvent, CancellationToken, Task> callback)
            where TResource : IResource
            where TEvent : IDistributedApplicationResourceEvent
        {
            builder.ApplicationBuilder.Eventing.Subscribe<TEvent>(
                builder.Resource, (happened, cancellationToken) => callback(builder.Resource, happened, cancellationToken));
            return builder;
        }
    }
}
