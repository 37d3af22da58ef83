namespace Aspire.Hosting.Publishing;

// Containers: from an image, or built from a Dockerfile.
internal sealed partial class ManifestWriter
{
    private async Task WriteContainerAsync(ContainerResource container)
    {
        if (container.TryGetLastAnnotation<DockerfileAnnotation>(out var build))
        {
            Writer.WriteString("type", "container.v1");
            WriteContainerConnectionString(container);
            WriteBuild(build);
        }
        else
        {
            Writer.WriteString("type", "container.v0");
            WriteContainerConnectionString(container);
            Writer.WriteString("image", container.TryGetContainerImageName(out var image) ? image : throw new DistributedApplicationException(
                $"Could not get the container image name for resource '{container.Name}'."));
        }

        if (container.Entrypoint is not null)
        {
            Writer.WriteString("entrypoint", container.Entrypoint);
        }

        await WriteArgumentsAsync(container);
        WriteMounts(container, ContainerMountType.BindMount, "bindMounts", "source", context.GetManifestRelativePath);
        WriteMounts(container, ContainerMountType.Volume, "volumes", "name", source => source);
        await WriteEnvironmentAsync(container);
        WriteBindings(container);
    }

    private void WriteContainerConnectionString(ContainerResource container)
    {
        if (container is IResourceWithConnectionString connection)
        {
            WriteConnectionString(connection);
        }
    }

    private void WriteBuild(DockerfileAnnotation build)
    {
        Writer.WriteStartObject("build");
        Writer.WriteString("context", context.GetManifestRelativePath(build.ContextPath));
        Writer.WriteString("dockerfile", context.GetManifestRelativePath(build.DockerfilePath));
        if (build.Stage is not null)
        {
            Writer.WriteString("stage", build.Stage);
        }

        if (build.Arguments.Count > 0)
        {
            Writer.WriteStartObject("args");
            foreach (var (name, value) in build.Arguments)
            {
                // null: the build takes it from its own environment.
                Writer.WriteString(name, value switch
                {
                    null => null,
                    bool flag => flag ? "true" : "false",
                    _ => _references.ExpressionOf(value),
                });
            }

            Writer.WriteEndObject();
        }

        Writer.WriteEndObject();
    }

    private void WriteMounts(
        ContainerResource container, ContainerMountType type, string property, string sourceProperty, Func<string, string> sourceOf)
    {
        var mounts = container.Annotations.OfType<ContainerMountAnnotation>().Where(mount => mount.Type == type).ToArray();
        if (mounts.Length == 0)
        {
            return;
        }

        Writer.WriteStartArray(property);
        foreach (var mount in mounts)
        {
            Writer.WriteStartObject();
            if (mount.Source is not null)
            {
                Writer.WriteString(sourceProperty, sourceOf(mount.Source));
            }

            Writer.WriteString("target", mount.Target);
            Writer.WriteBoolean("readOnly", mount.IsReadOnly);
            Writer.WriteEndObject();
        }

        Writer.WriteEndArray();
    }
}
