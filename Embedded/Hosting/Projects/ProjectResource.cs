namespace Aspire.Hosting
{
    /// <summary>Where a project is. Generated for every project that AppHost refers to: <c>Projects.Catalog_Api</c>.</summary>
    public interface IProjectMetadata : IResourceAnnotation
    {
        /// <summary>The project file.</summary>
        string ProjectPath { get; }

        /// <summary>Its launch settings, if they are not beside it.</summary>
        LaunchSettings? LaunchSettings => null;

        /// <summary>Whether it was built with AppHost.</summary>
        bool SuppressBuild => false;

        /// <summary>Whether it is a single file.</summary>
        bool IsFileBasedApp => false;
    }

    /// <summary>How a project is added.</summary>
    public class ProjectResourceOptions
    {
        /// <summary>The launch profile; default: the one AppHost was started with, else the first.</summary>
        public string? LaunchProfileName { get; set; }

        /// <summary>Whether launch settings are left aside.</summary>
        public bool ExcludeLaunchProfile { get; set; }

        /// <summary>Whether endpoints in the configuration of Kestrel are left aside.</summary>
        public bool ExcludeKestrelEndpoints { get; set; }
    }
}

namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>An app: a .NET project.</summary>
    public class ProjectResource(string name)
        : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery, IResourceWithWaitSupport, IResourceWithProbes, IComputeResource;

    /// <summary>How many processes a resource runs as.</summary>
    public sealed class ReplicaAnnotation(int replicas = 1) : IResourceAnnotation
    {
        /// <summary>The number.</summary>
        public int Replicas { get; } = replicas;
    }

    /// <summary>A project that is deployed as a container: all that is said about one is said about the other.</summary>
    internal sealed class ProjectContainerResource(ProjectResource project) : ContainerResource(project.Name)
    {
        public ProjectResource Project => project;

        public override ResourceAnnotationCollection Annotations => project.Annotations;
    }

    internal sealed record LaunchProfileAnnotation(string Name) : IResourceAnnotation;

    internal sealed record EndpointsInEnvironmentAnnotation(Func<EndpointAnnotation, bool> Filter) : IResourceAnnotation;

    internal sealed record DisableForwardedHeadersAnnotation : IResourceAnnotation;
}
