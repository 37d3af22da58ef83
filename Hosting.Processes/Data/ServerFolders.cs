using System.Security.Cryptography;
using System.Text;

namespace Hosting.Processes.Data;

/// <summary>The folders of one server.</summary>
/// <param name="Run">Scripts, configuration and secrets.</param>
/// <param name="Data">The data.</param>
/// <param name="IsKept">Whether the data outlives the run.</param>
/// <param name="IsPersistent">Whether the server itself outlives the run.</param>
internal sealed record ServerFolders(string Run, string Data, bool IsKept, bool IsPersistent)
{
    public static ServerFolders Of(IResource server, string dataTarget, RunFolder run, string appHost)
    {
        var mount = server.Annotations.OfType<ContainerMountAnnotation>().LastOrDefault(mount => IsAt(mount.Target, dataTarget));
        var volume = mount switch
        {
            null => null,
            { Type: ContainerMountType.BindMount } => mount.Source,
            _ => Path.Combine(DataHome.Create(DataHome.Volumes), mount.Source ?? server.Name),
        };
        if (OutlivesAppHost(server))
        {
            // A container that outlives AppHost keeps its data, so the process does too.
            var folder = DataHome.Create(Path.Combine(DataHome.Path, "persistent", $"{NameOf(appHost)}-{server.Name}"));
            return new(
                DataHome.Create(Path.Combine(folder, "run")), volume ?? Path.Combine(folder, "data"), IsKept: true, IsPersistent: true);
        }

        var own = run.FolderOf(server.Name);
        return new(own, volume ?? Path.Combine(own, "data"), volume is not null, IsPersistent: false);
    }

    /// <summary>Whether a mount's target is a folder or a path below it.</summary>
    public static bool IsAt(string target, string folder) => target == folder || target.StartsWith($"{folder}/", StringComparison.Ordinal);

    // The same decision as in Aspire: WithPersistentLifetime and the related methods add no ContainerLifetimeAnnotation.
#pragma warning disable ASPIREPERSISTENCE001
    private static bool OutlivesAppHost(IResource server) => server.Annotations.OfType<PersistenceAnnotation>().LastOrDefault() switch
    {
        { Mode: PersistenceMode.Persistent or PersistenceMode.ParentProcess } => true,
        { Mode: PersistenceMode.Resource, SourceResource: { } source } => OutlivesAppHost(source),
        null => server.Annotations.OfType<ContainerLifetimeAnnotation>().LastOrDefault() is { Lifetime: ContainerLifetime.Persistent },
        _ => false,
    };
#pragma warning restore ASPIREPERSISTENCE001

    private static string NameOf(string appHost) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(appHost)))[..10];
}
