using Aspire.Hosting.Processes;
using Aspire.Hosting.Run;

namespace Aspire.Hosting.Volumes;

/// <summary>The folder where a server keeps its data: of this run, or of a volume that outlives it.</summary>
internal sealed class ServerData : IDisposable
{
    // A new PostgreSQL cluster takes 40 MB; below 50 MB RabbitMQ accepts connections and blocks whoever publishes.
    private const long Least = 64 * 1024 * 1024;

    private readonly IDisposable? _held;

    private ServerData(string folder, bool isVolume, IDisposable? held)
    {
        Folder = folder;
        IsVolume = isVolume;
        _held = held;
    }

    public string Folder { get; }

    /// <summary>Whether the data must survive.</summary>
    public bool IsVolume { get; }

    /// <summary>Takes the folder. A volume is one application's at a time.</summary>
    /// <param name="resource">The server.</param>
    /// <param name="run">The run that session data belongs to.</param>
    /// <param name="target">Where the server's image keeps its data: what is mounted elsewhere is something else.</param>
    /// <param name="owner">Who the server runs as, if not we.</param>
    public static ServerData Take(IResource resource, RunFolder run, string target, UserAccount? owner = null)
    {
        var mount = resource.Annotations.OfType<ContainerMountAnnotation>()
            .LastOrDefault(mount => mount.Target.StartsWith(target, StringComparison.Ordinal)) ?? Persistent(resource);
        if (mount is null)
        {
            var session = Path.Combine(run.FolderFor(resource.Name), "data");
            PrivateFiles.CreateFolder(session, Private, owner);
            CheckSpace(resource, session);
            return new ServerData(session, isVolume: false, held: null);
        }

        var volume = mount.Type == ContainerMountType.Volume
            ? Path.Combine(DataHome.Path, "volumes", mount.Source ?? resource.Name)
            : mount.Source!;
        PrivateFiles.CreateFolder(volume, DataHome.FolderMode);
        CheckSpace(resource, volume);
        var held = FileLock.TryTake(Path.Combine(volume, ".lock")) ?? throw new DistributedApplicationException(
            $"The data of '{resource.Name}' in '{volume}' is in use by another running AppHost. Stop that one, or give this one another volume: WithDataVolume(\"another-name\").");
        var data = Path.Combine(volume, "data");
        PrivateFiles.CreateFolder(data, Private, owner);
        return new ServerData(data, isVolume: true, held);
    }

    private static void CheckSpace(IResource resource, string folder)
    {
        if (new DriveInfo(folder).AvailableFreeSpace is < Least and var free)
        {
            throw new DistributedApplicationException(
                $"No space left on device for the data of '{resource.Name}': '{folder}' has {free >> 20} MB free and needs {Least >> 20}. Free some, or set XDG_DATA_HOME to a folder on another disk.");
        }
    }

    // A container that outlives AppHost has what it wrote again in the next run.
    private static ContainerMountAnnotation? Persistent(IResource resource) =>
        resource.TryGetLastAnnotation<ContainerLifetimeAnnotation>(out var lifetime) && lifetime.Lifetime == ContainerLifetime.Persistent
            ? new ContainerMountAnnotation(lifetime.DataVolume, "/", ContainerMountType.Volume, isReadOnly: false)
            : null;

    public void Dispose() => _held?.Dispose();

    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
}
