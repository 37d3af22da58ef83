namespace Aspire.Hosting;

/// <summary>Describes container resources. Mirrors the part of Aspire's class of the same name that native servers can honour.</summary>
public static class ContainerResourceBuilderExtensions
{
    /// <summary>
    /// Adds a container of any image. It is written into the manifest; this engine cannot run it and says so when it is to start. Mirrors
    /// <c>ContainerResourceBuilderExtensions.AddContainer</c>.
    /// </summary>
    public static IResourceBuilder<ContainerResource> AddContainer(this IDistributedApplicationBuilder builder, [ResourceName] string name, string image)
    {
        // "registry:5000/team/app:1.2@sha256:…": a colon before a slash belongs to the registry's address.
        var (path, digest) = image.Split('@') is [var before, var after] ? (before, after) : (image, null);
        var colon = path.LastIndexOf(':');
        var hasTag = colon > path.LastIndexOf('/');
        var container = builder.AddResource(new ContainerResource(name))
            .WithImage(hasTag ? path[..colon] : path, hasTag ? path[(colon + 1)..] : null);
        return digest is null ? container : container.WithImageSHA256(digest["sha256:".Length..]);
    }

    /// <inheritdoc cref="AddContainer(IDistributedApplicationBuilder, string, string)"/>
    public static IResourceBuilder<ContainerResource> AddContainer(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string image, string tag) =>
        builder.AddContainer(name, image).WithImageTag(tag);

    /// <summary>Sets the tag of the image that is deployed. Locally the installed server runs, whatever its version.</summary>
    public static IResourceBuilder<T> WithImageTag<T>(this IResourceBuilder<T> builder, string tag)
        where T : ContainerResource
    {
        builder.Image().Tag = tag;
        return builder;
    }

    /// <summary>Sets the digest of the image that is deployed, instead of a tag. Mirrors <c>ContainerResourceBuilderExtensions.WithImageSHA256</c>.</summary>
    public static IResourceBuilder<T> WithImageSHA256<T>(this IResourceBuilder<T> builder, string sha256)
        where T : ContainerResource
    {
        builder.Image().SHA256 = sha256;
        return builder;
    }

    /// <summary>Sets the registry of the image that is deployed.</summary>
    public static IResourceBuilder<T> WithImageRegistry<T>(this IResourceBuilder<T> builder, string? registry)
        where T : ContainerResource
    {
        builder.Image().Registry = registry;
        return builder;
    }

    /// <summary>Sets the image that is deployed. Locally the installed server runs.</summary>
    public static IResourceBuilder<T> WithImage<T>(this IResourceBuilder<T> builder, string image, string? tag = null)
        where T : ContainerResource
    {
        if (builder.Resource.TryGetLastAnnotation<ContainerImageAnnotation>(out var known))
        {
            known.Image = image;
            known.Tag = tag ?? known.Tag ?? "latest";
            return builder;
        }

        return builder.WithAnnotation(new ContainerImageAnnotation { Image = image, Tag = tag ?? "latest" });
    }

    /// <summary>Keeps data in a named volume.</summary>
    public static IResourceBuilder<T> WithVolume<T>(this IResourceBuilder<T> builder, string? name, string target, bool isReadOnly = false)
        where T : ContainerResource =>
        builder.WithAnnotation(new ContainerMountAnnotation(name, target, ContainerMountType.Volume, isReadOnly));

    /// <summary>Keeps data in a volume without a name. Mirrors <c>ContainerResourceBuilderExtensions.WithVolume</c>.</summary>
    public static IResourceBuilder<T> WithVolume<T>(this IResourceBuilder<T> builder, string target)
        where T : ContainerResource => builder.WithVolume(name: null, target);

    /// <summary>Keeps data in a folder.</summary>
    public static IResourceBuilder<T> WithBindMount<T>(this IResourceBuilder<T> builder, string source, string target, bool isReadOnly = false)
        where T : ContainerResource =>
        builder.WithAnnotation(new ContainerMountAnnotation(
            Path.GetFullPath(source, builder.ApplicationBuilder.AppHostDirectory), target, ContainerMountType.BindMount, isReadOnly));

    /// <summary>Says how long the server lives. This engine stops every server with AppHost; the data of a persistent one is there again in the next run. Mirrors <c>ContainerResourceBuilderExtensions.WithLifetime</c>.</summary>
    public static IResourceBuilder<T> WithLifetime<T>(this IResourceBuilder<T> builder, ContainerLifetime lifetime)
        where T : ContainerResource =>
        builder.WithAnnotation(
            new ContainerLifetimeAnnotation { Lifetime = lifetime, DataVolume = Volumes.VolumeName.Generate(builder, "persistent") },
            ResourceAnnotationMutationBehavior.Replace);

    /// <summary>Sets the program that is run instead of the image's own, when deployed.</summary>
    public static IResourceBuilder<T> WithEntrypoint<T>(this IResourceBuilder<T> builder, string entrypoint)
        where T : ContainerResource
    {
        builder.Resource.Entrypoint = entrypoint;
        return builder;
    }

    /// <summary>The image that is deployed is built from a Dockerfile. Mirrors <c>ContainerResourceBuilderExtensions.WithDockerfile</c>.</summary>
    /// <param name="builder">The container's builder.</param>
    /// <param name="contextPath">The folder that the build sees; relative to AppHost's project.</param>
    /// <param name="dockerfilePath">Relative to <paramref name="contextPath"/>; default: <c>Dockerfile</c>.</param>
    /// <param name="stage">The stage that is built; default: the last.</param>
    public static IResourceBuilder<T> WithDockerfile<T>(
        this IResourceBuilder<T> builder, string contextPath, string? dockerfilePath = null, string? stage = null)
        where T : ContainerResource
    {
        var context = Path.GetFullPath(contextPath, builder.ApplicationBuilder.AppHostDirectory);
        return builder.WithAnnotation(
            new DockerfileAnnotation(context, Path.GetFullPath(dockerfilePath ?? "Dockerfile", context), stage), ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>Gives the build of a Dockerfile an argument. Mirrors <c>ContainerResourceBuilderExtensions.WithBuildArg</c>.</summary>
    public static IResourceBuilder<T> WithBuildArg<T>(this IResourceBuilder<T> builder, string name, object? value)
        where T : ContainerResource
    {
        builder.Dockerfile().Arguments[name] = value;
        return builder;
    }

    /// <summary>Gives the build of a Dockerfile an argument. Mirrors <c>ContainerResourceBuilderExtensions.WithBuildArg</c>.</summary>
    public static IResourceBuilder<T> WithBuildArg<T>(this IResourceBuilder<T> builder, string name, IResourceBuilder<ParameterResource> value)
        where T : ContainerResource =>
        value.Resource.Secret
            ? throw new InvalidOperationException($"The parameter '{value.Resource.Name}' is secret: an image keeps its build arguments for all to read.")
            : builder.WithBuildArg(name, (object)value.Resource);

    private static DockerfileAnnotation Dockerfile<T>(this IResourceBuilder<T> builder)
        where T : ContainerResource =>
        builder.Resource.TryGetLastAnnotation<DockerfileAnnotation>(out var build)
            ? build
            : throw new InvalidOperationException($"'{builder.Resource.Name}' is not built from a Dockerfile: call WithDockerfile before WithBuildArg.");

    private static ContainerImageAnnotation Image<T>(this IResourceBuilder<T> builder)
        where T : ContainerResource =>
        builder.Resource.TryGetLastAnnotation<ContainerImageAnnotation>(out var image)
            ? image
            : throw new InvalidOperationException($"The resource '{builder.Resource.Name}' has no container image.");
}
