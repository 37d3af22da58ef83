namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>What is waited for.</summary>
    public enum WaitType
    {
        /// <summary>Running and healthy.</summary>
        WaitUntilHealthy,

        /// <summary>Ended with an exit code.</summary>
        WaitForCompletion,

        /// <summary>Running.</summary>
        WaitUntilStarted,
    }

    /// <summary>What to do when the awaited resource cannot get there.</summary>
    public enum WaitBehavior
    {
        /// <summary>Go on waiting: it may be started again.</summary>
        WaitOnResourceUnavailable,

        /// <summary>Fail.</summary>
        StopOnResourceUnavailable,
    }

    /// <summary>A resource starts after another.</summary>
    public sealed class WaitAnnotation(IResource resource, WaitType waitType, int exitCode = 0) : IResourceAnnotation
    {
        /// <summary>The other.</summary>
        public IResource Resource { get; } = resource;

        /// <summary>What is waited for.</summary>
        public WaitType WaitType { get; } = waitType;

        /// <summary>What to do when it cannot get there; default: the application's.</summary>
        public WaitBehavior? WaitBehavior { get; init; }

        /// <summary>The exit code of a completion.</summary>
        public int ExitCode { get; } = exitCode;
    }

    /// <summary>The resource is started by hand, not with the application.</summary>
    public sealed class ExplicitStartupAnnotation : IResourceAnnotation;

    /// <summary>How a resource stands to another.</summary>
    public sealed class ResourceRelationshipAnnotation(IResource resource, string type) : IResourceAnnotation
    {
        /// <summary>The other.</summary>
        public IResource Resource { get; } = resource;

        /// <summary><c>Parent</c>, <c>Reference</c>, <c>WaitFor</c> or a word of one's own.</summary>
        public string Type { get; } = type;
    }

    internal static class KnownRelationshipTypes
    {
        public const string Parent = "Parent";
        public const string Reference = "Reference";
        public const string WaitFor = "WaitFor";
    }
}

namespace Aspire.Hosting
{
    public static partial class ResourceBuilderExtensions
    {
        /// <summary>Starts a resource when another is healthy.</summary>
        public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
            where T : IResourceWithWaitSupport => builder.Wait(dependency.Resource, WaitType.WaitUntilHealthy, behavior: null);

        /// <summary>Starts a resource when another is healthy.</summary>
        public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, WaitBehavior waitBehavior)
            where T : IResourceWithWaitSupport => builder.Wait(dependency.Resource, WaitType.WaitUntilHealthy, waitBehavior);

        /// <summary>Starts a resource when another runs.</summary>
        public static IResourceBuilder<T> WaitForStart<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
            where T : IResourceWithWaitSupport => builder.Wait(dependency.Resource, WaitType.WaitUntilStarted, behavior: null);

        /// <summary>Starts a resource when another runs.</summary>
        public static IResourceBuilder<T> WaitForStart<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, WaitBehavior waitBehavior)
            where T : IResourceWithWaitSupport => builder.Wait(dependency.Resource, WaitType.WaitUntilStarted, waitBehavior);

        /// <summary>Starts a resource when another has ended with an exit code.</summary>
        public static IResourceBuilder<T> WaitForCompletion<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, int exitCode = 0)
            where T : IResourceWithWaitSupport => builder.Wait(dependency.Resource, WaitType.WaitForCompletion, behavior: null, exitCode);

        /// <summary>Leaves the start to a person or a program: the resource's command <c>start</c>.</summary>
        public static IResourceBuilder<T> WithExplicitStart<T>(this IResourceBuilder<T> builder)
            where T : IResource => builder.WithAnnotation<ExplicitStartupAnnotation>(ResourceAnnotationMutationBehavior.Replace);

        /// <summary>Says how a resource stands to another.</summary>
        public static IResourceBuilder<T> WithRelationship<T>(this IResourceBuilder<T> builder, IResource resource, string type)
            where T : IResource
        {
            var known = builder.Resource.Annotations.OfType<ResourceRelationshipAnnotation>()
                .Any(relationship => relationship.Resource == resource && relationship.Type == type);
            return known ? builder : builder.WithAnnotation(new ResourceRelationshipAnnotation(resource, type));
        }

        /// <summary>Says how a resource stands to another.</summary>
        public static IResourceBuilder<T> WithRelationship<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> resourceBuilder, string type)
            where T : IResource => builder.WithRelationship(resourceBuilder.Resource, type);

        /// <summary>Says that a resource uses another.</summary>
        public static IResourceBuilder<T> WithReferenceRelationship<T>(this IResourceBuilder<T> builder, IResource resource)
            where T : IResource => builder.WithRelationship(resource, KnownRelationshipTypes.Reference);

        /// <summary>Says that a resource uses another.</summary>
        public static IResourceBuilder<T> WithReferenceRelationship<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> resourceBuilder)
            where T : IResource => builder.WithReferenceRelationship(resourceBuilder.Resource);

        /// <summary>Shows a resource under another.</summary>
        public static IResourceBuilder<T> WithParentRelationship<T>(this IResourceBuilder<T> builder, IResource parent)
            where T : IResource => builder.WithRelationship(parent, KnownRelationshipTypes.Parent);

        /// <summary>Shows a resource under another.</summary>
        public static IResourceBuilder<T> WithParentRelationship<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> parent)
            where T : IResource => builder.WithParentRelationship(parent.Resource);

        /// <summary>Shows another resource under this one.</summary>
        public static IResourceBuilder<T> WithChildRelationship<T>(this IResourceBuilder<T> builder, IResource child)
            where T : IResource
        {
            child.Annotations.Add(new ResourceRelationshipAnnotation(builder.Resource, KnownRelationshipTypes.Parent));
            return builder;
        }

        /// <summary>Shows another resource under this one.</summary>
        public static IResourceBuilder<T> WithChildRelationship<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> child)
            where T : IResource => builder.WithChildRelationship(child.Resource);

        private static IResourceBuilder<T> Wait<T>(
            this IResourceBuilder<T> builder, IResource dependency, WaitType type, WaitBehavior? behavior, int exitCode = 0)
            where T : IResource
        {
            if (ReferenceEquals(builder.Resource, dependency))
            {
                throw new DistributedApplicationException($"The '{builder.Resource.Name}' resource cannot wait for itself.");
            }

            if (builder.Resource is IResourceWithParent own && ReferenceEquals(own.Parent, dependency))
            {
                throw new DistributedApplicationException($"The '{builder.Resource.Name}' resource cannot wait for its parent '{dependency.Name}'.");
            }

            // What lives in another resource is there when that one is.
            if (dependency is IResourceWithParent child && type != WaitType.WaitForCompletion)
            {
                builder.Wait(child.Parent, type, behavior);
            }

            return builder.WithRelationship(dependency, KnownRelationshipTypes.WaitFor)
                .WithAnnotation(new WaitAnnotation(dependency, type, exitCode) { WaitBehavior = behavior });
        }
    }
}
