using Hosting.Processes.Data;
using Hosting.Processes.Servers;

namespace Hosting.Processes.Model;

/// <summary>Finds settings of a server that apply only to its container image and that a process cannot follow.</summary>
internal static class UnsupportedMembers
{
    /// <exception cref="DistributedApplicationException">Lists all such members with their values.</exception>
    public static async Task CheckAsync(
        IEnumerable<(IResource Server, ServerProcess Process)> servers,
        DistributedApplicationExecutionContext execution,
        CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        foreach (var (server, process) in servers)
        {
            var variables = await UnsupportedVariables.FindAsync(server, process, execution, cancellationToken);
            faults.AddRange(FaultsOf(server, process).Concat(variables).Select(fault => $"'{server.Name}' has {fault}"));
        }

        if (faults.Count > 0)
        {
            throw new DistributedApplicationException(
                $"A server that runs as a process has no image: {string.Join("; ", faults)}. "
                + $"Remove {(faults.Count == 1 ? "it" : "them")}, or run containers.");
        }
    }

    private static IEnumerable<string> FaultsOf(IResource server, ServerProcess process)
    {
        if (server.Annotations.OfType<ContainerImageAnnotation>().LastOrDefault() is { } image && process.Image is { } usual)
        {
            if (image.Image != usual.Image)
            {
                yield return $"WithImage(\"{image.Image}\")";
            }
            else if (image.SHA256 is { } digest)
            {
                yield return $"WithImageSHA256(\"{digest}\")";
            }
            else if (image.Tag is { } tag && !usual.Tags.Contains(tag))
            {
                yield return $"WithImageTag(\"{tag}\")";
            }
        }

        foreach (var mount in server.Annotations.OfType<ContainerMountAnnotation>()
            .Where(
                mount => !process.Understands(mount.Target) && (mount.IsReadOnly || !ServerFolders.IsAt(mount.Target, process.DataTarget))))
        {
            var member = mount.Type == ContainerMountType.Volume ? "WithVolume" : "WithBindMount";
            yield return $"{member}(\"{mount.Source}\", \"{mount.Target}\"{(mount.IsReadOnly ? ", isReadOnly: true" : "")})";
        }

        foreach (var files in server.Annotations.OfType<ContainerFileSystemCallbackAnnotation>()
            .Where(files => !process.Understands(files.DestinationPath)))
        {
            yield return $"WithContainerFiles(\"{files.DestinationPath}\", …)";
        }

        if (server.Annotations.OfType<ContainerRuntimeArgsCallbackAnnotation>().Any())
        {
            yield return "WithContainerRuntimeArgs(…)";
        }

        if (server.Annotations.OfType<DockerfileBuildAnnotation>().Any())
        {
            yield return "WithDockerfile(…)";
        }

        // Aspire itself starts the Redis container with a shell.
        if (server is ContainerResource { Entrypoint: { } entryPoint } && !(server is RedisResource && entryPoint == "/bin/sh"))
        {
            yield return $"WithEntrypoint(\"{entryPoint}\")";
        }
    }
}
