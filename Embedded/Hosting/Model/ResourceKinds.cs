namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>Takes environment variables.</summary>
    public interface IResourceWithEnvironment : IResource;

    /// <summary>Takes command-line arguments.</summary>
    public interface IResourceWithArgs : IResource;

    /// <summary>Has endpoints.</summary>
    public interface IResourceWithEndpoints : IResource;

    /// <summary>Can wait for others before it starts.</summary>
    public interface IResourceWithWaitSupport : IResource;

    /// <summary>Can be probed.</summary>
    public interface IResourceWithProbes : IResource;

    /// <summary>Runs code of its own.</summary>
    public interface IComputeResource : IResource;

    /// <summary>Is neither started nor stopped.</summary>
    public interface IResourceWithoutLifetime : IResource;

    /// <summary>Lives inside another resource.</summary>
    public interface IResourceWithParent : IResource
    {
        /// <summary>The resource it lives in.</summary>
        IResource Parent { get; }
    }

    /// <summary>Lives inside another resource.</summary>
    public interface IResourceWithParent<out T> : IResourceWithParent
        where T : IResource
    {
        /// <summary>The resource it lives in.</summary>
        new T Parent { get; }

        IResource IResourceWithParent.Parent => Parent;
    }
}

namespace Aspire.Hosting
{
    /// <summary>Others find its endpoints by service discovery.</summary>
    public interface IResourceWithServiceDiscovery : IResourceWithEndpoints;
}
