using System.Globalization;
using Aspire.Hosting.Installation;
using Aspire.Hosting.Processes;
using Aspire.Hosting.Run;
using Aspire.Hosting.Servers;
using Aspire.Hosting.Volumes;

namespace Aspire.Hosting.Postgres;

/// <summary>Runs PostgreSQL: a cluster of its own, on loopback, asking for a password; as an unprivileged user where AppHost is root's.</summary>
internal sealed class PostgresServer(PostgresServerResource resource) : IProcessSource, IDisposable
{
    private ServerData? _data;

    public async Task<ProcessPlan> PlanAsync(ProcessContext context, CancellationToken cancellationToken)
    {
        // PostgreSQL refuses to run as root.
        var user = !DataHome.IsRoot ? null : UserAccount.Find("postgres") ?? UserAccount.Find("nobody");
        _data ??= ServerData.Take(resource, context.Run, "/var/lib/postgresql", user);
        var data = Path.Combine(_data.Folder, "pg");
        var bin = ServerPackage.FindPostgres(PostgresCluster.VersionOf(data)) ?? ServerInstaller.Locate(ServerPackage.Postgres);
        var cluster = new PostgresCluster(
            bin, data, _data.IsVolume, user, context,
            resource.Annotations.OfType<ContainerMountAnnotation>().LastOrDefault(mount => mount.Target == PostgresInitFiles.Target)?.Source);
        await cluster.EnsureAsync(
            await resource.UserNameReference.GetValueAsync(cancellationToken) ?? PostgresServerResource.DefaultUserName,
            resource.PasswordParameter.Value, cancellationToken);

        return new ProcessPlan
        {
            FileName = Path.Combine(bin, "postgres"),
            Arguments = [.. Settings(context).SelectMany(setting => new[] { "-c", setting }).Prepend(cluster.Folder).Prepend("-D"),
                .. context.Arguments],
            WorkingDirectory = cluster.Folder,
            Environment = context.Environment,
            User = user,
            StopSignal = Signal.Interrupt,
            IsDisposable = !_data.IsVolume,
        };
    }

    public void Dispose() => _data?.Dispose();

    private IEnumerable<string> Settings(ProcessContext context)
    {
        yield return "listen_addresses=127.0.0.1";
        yield return string.Create(CultureInfo.InvariantCulture, $"port={context.TargetPorts[PostgresServerResource.PrimaryEndpointName]}");
        yield return "unix_socket_directories=";
        yield return "max_connections=200";
        yield return "shared_buffers=64MB";
        yield return "logging_collector=off";
        yield return "log_destination=stderr";
        yield return "log_line_prefix=%m [%p] ";
        yield return "log_min_messages=warning";
        if (!_data!.IsVolume)
        {
            // The data goes with the run: writing it safely would be for nothing.
            yield return "fsync=off";
            yield return "synchronous_commit=off";
            yield return "full_page_writes=off";
        }
    }
}
