namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource that is deployed as a container image. This engine runs those that it has a native server for.</summary>
public class ContainerResource(string name, string? entrypoint = null)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport, IResourceWithProbes, IComputeResource
{
    /// <summary>The program that is run instead of the image's own.</summary>
    public string? Entrypoint { get; set; } = entrypoint;
}

/// <summary>How long a container lives.</summary>
public enum ContainerLifetime
{
    /// <summary>As long as AppHost.</summary>
    Session,

    /// <summary>Longer than AppHost.</summary>
    Persistent,
}

/// <summary>The image a container resource is deployed as.</summary>
public sealed class ContainerImageAnnotation : IResourceAnnotation
{
    private string? _tag;
    private string? _sha256;

    /// <summary>Such as <c>docker.io</c>.</summary>
    public string? Registry { get; set; }

    /// <summary>Such as <c>library/postgres</c>.</summary>
    public required string Image { get; set; }

    /// <summary>Such as <c>18.3</c>; setting it clears <see cref="SHA256"/>.</summary>
    public string? Tag
    {
        get => _tag;
        set => (_tag, _sha256) = (value, null);
    }

    /// <summary>The digest; setting it clears <see cref="Tag"/>.</summary>
    public string? SHA256
    {
        get => _sha256;
        set => (_sha256, _tag) = (value, null);
    }

    internal string FullName =>
        $"{(string.IsNullOrEmpty(Registry) ? "" : $"{Registry}/")}{Image}{(SHA256 is not null ? $"@sha256:{SHA256}" : Tag is not null ? $":{Tag}" : "")}";
}

/// <summary>Data of a container that outlives it.</summary>
public sealed class ContainerMountAnnotation(string? source, string target, ContainerMountType type, bool isReadOnly) : IResourceAnnotation
{
    /// <summary>The volume's name, or a folder.</summary>
    public string? Source { get; } = type == ContainerMountType.BindMount && !Path.IsPathRooted(source)
        ? throw new ArgumentException("The source of a bind mount must be a rooted path.", nameof(source))
        : source;

    /// <summary>Where the container sees it.</summary>
    public string Target { get; } = target;

    /// <summary>Volume or folder.</summary>
    public ContainerMountType Type { get; } = type;

    /// <summary>Whether the container may only read it.</summary>
    public bool IsReadOnly { get; } = isReadOnly;
}

/// <summary>What is mounted.</summary>
public enum ContainerMountType
{
    /// <summary>A folder of the machine.</summary>
    BindMount,

    /// <summary>A named volume.</summary>
    Volume,
}

/// <summary>How long a container lives.</summary>
public sealed class ContainerLifetimeAnnotation : IResourceAnnotation
{
    /// <summary>As long as AppHost, or longer.</summary>
    public required ContainerLifetime Lifetime { get; set; }

    /// <summary>Where a persistent container's data is kept, which is inside the container with Aspire.</summary>
    internal string? DataVolume { get; init; }
}

/// <summary>The image is built from a Dockerfile.</summary>
internal sealed record DockerfileAnnotation(string ContextPath, string DockerfilePath, string? Stage) : IResourceAnnotation
{
    public Dictionary<string, object?> Arguments { get; } = [];
}
