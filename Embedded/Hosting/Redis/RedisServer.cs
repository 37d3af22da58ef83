using System.Globalization;
using System.Text;
using Aspire.Hosting.Installation;
using Aspire.Hosting.Processes;
using Aspire.Hosting.Run;
using Aspire.Hosting.Servers;
using Aspire.Hosting.Volumes;

namespace Aspire.Hosting.Redis;

/// <summary>Runs Redis on loopback; the password is in a file that only its user may read, never among the arguments.</summary>
internal sealed class RedisServer(RedisResource resource) : IProcessSource, IDisposable
{
    private ServerData? _data;

    public async Task<ProcessPlan> PlanAsync(ProcessContext context, CancellationToken cancellationToken)
    {
        var program = ServerInstaller.Locate(ServerPackage.Redis);
        _data ??= ServerData.Take(resource, context.Run, "/data");
        var settings = new StringBuilder()
            .AppendLine("bind 127.0.0.1")
            .AppendLine(CultureInfo.InvariantCulture, $"port {context.TargetPorts[RedisResource.PrimaryEndpointName]}")
            .AppendLine(CultureInfo.InvariantCulture, $"dir {Quote(_data.Folder)}")
            .AppendLine("daemonize no")
            .AppendLine("databases 16")

            // What is kept is also written when Redis is told to end, as its image does without a word; more often if the model says so.
            .AppendLine(_data.IsVolume ? "save 3600 1" : "save \"\"");
        if (resource.PasswordParameter is { } password)
        {
            settings.AppendLine(CultureInfo.InvariantCulture, $"requirepass {Quote(password.Value)}");
        }

        var file = Path.Combine(context.Run.FolderFor(resource.Name), "redis.conf");
        await PrivateFiles.WriteAsync(file, settings.ToString(), cancellationToken);
        var environment = new Dictionary<string, string>(context.Environment);
        environment.Remove("REDIS_PASSWORD");
        return new ProcessPlan
        {
            FileName = program,
            Arguments = [file, .. WithoutProgramAndPassword(context.Arguments)],
            WorkingDirectory = _data.Folder,
            Environment = environment,
            IsDisposable = !_data.IsVolume,
        };
    }

    public void Dispose() => _data?.Dispose();

    // The model's list is that of a container: redis-server --requirepass $REDIS_PASSWORD --save 60 1 …
    private static string[] WithoutProgramAndPassword(IReadOnlyList<string> arguments)
    {
        var rest = arguments is ["redis-server", ..] ? arguments.Skip(1).ToArray() : arguments.ToArray();
        var at = Array.IndexOf(rest, "--requirepass");
        return at < 0 ? rest : [.. rest[..at], .. rest[(at + 2)..]];
    }

    private static string Quote(string value) =>
        $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
