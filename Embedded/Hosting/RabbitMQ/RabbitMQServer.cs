using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Aspire.Hosting.Endpoints;
using Aspire.Hosting.Installation;
using Aspire.Hosting.Processes;
using Aspire.Hosting.Run;
using Aspire.Hosting.Servers;
using Aspire.Hosting.Volumes;

namespace Aspire.Hosting.RabbitMQ;

/// <summary>
/// Runs RabbitMQ: everything on loopback, with an Erlang port mapper of its own. The user comes from a definitions file that has the password's
/// hash alone, so that the password is right in every run, also of an old volume.
/// </summary>
internal sealed class RabbitMQServer(RabbitMQServerResource resource) : IProcessSource, IDisposable
{
    private ServerData? _data;

    private string Node => $"{resource.Name}@localhost";

    public async Task<ProcessPlan> PlanAsync(ProcessContext context, CancellationToken cancellationToken)
    {
        var program = ServerInstaller.Locate(ServerPackage.RabbitMQ);
        _data ??= ServerData.Take(resource, context.Run, "/var/lib/rabbitmq");
        if (InterruptedUpgrade.Undo(_data.Folder, Node))
        {
            context.Report("an upgrade of its data was interrupted: it starts from before");
        }

        var files = PlainPaths.Of(context.Run.FolderFor(resource.Name), context.Run, $"{resource.Name}-files");
        var data = PlainPaths.Of(_data.Folder, context.Run, $"{resource.Name}-data");
        var user = await resource.UserNameReference.GetValueAsync(cancellationToken) ?? RabbitMQServerResource.DefaultUserName;
        var definitions = Path.Combine(files, "definitions.json");
        await PrivateFiles.WriteAsync(definitions, Definitions(user, resource.PasswordParameter.Value), cancellationToken);
        await PrivateFiles.WriteAsync(Path.Combine(files, "rabbitmq.conf"), Configuration(context, definitions), cancellationToken);
        string[] plugins = resource.ManagementEndpoint.Exists ? ["rabbitmq_management"] : [];
        await PrivateFiles.WriteAsync(Path.Combine(files, "enabled_plugins"), $"[{string.Join(',', plugins)}].", cancellationToken);

        var portMapper = PortAllocator.Take();
        var distribution = PortAllocator.Take();
        var environment = new Dictionary<string, string>(context.Environment);
        environment.Remove("RABBITMQ_DEFAULT_USER");
        environment.Remove("RABBITMQ_DEFAULT_PASS");
        foreach (var (name, value) in Environment(files, data, portMapper, distribution))
        {
            environment[name] = value;
        }

        if (ErlangCodePath.Find(program, Programs.FindOnPath("erl"), plugins) is { } codePath)
        {
            environment["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] += $" -pa {string.Join(' ', codePath.Modules)}";
            environment["RABBITMQ_PLUGINS_DIR"] = LinkPlugins(Path.Combine(files, "plugins"), codePath.Plugins);
        }

        return new ProcessPlan
        {
            FileName = program,
            Arguments = context.Arguments,
            WorkingDirectory = files,
            Environment = environment,
            IsDisposable = !_data.IsVolume,
            Companions = Programs.FindOnPath("epmd") is { } epmd ? [PortMapper(epmd, portMapper, files, environment)] : [],
        };
    }

    public void Dispose() => _data?.Dispose();

    private static ProcessPlan PortMapper(string program, int port, string folder, Dictionary<string, string> environment) => new()
    {
        FileName = program,
        Arguments = ["-address", "127.0.0.1", "-port", port.ToString(CultureInfo.InvariantCulture)],
        WorkingDirectory = folder,
        Environment = environment,
        StopSignal = Signal.Kill,
        IsDisposable = true,
    };

    private static string Configuration(ProcessContext context, string definitions)
    {
        var lines = new List<string>
        {
            string.Create(CultureInfo.InvariantCulture, $"listeners.tcp.local = 127.0.0.1:{context.TargetPorts[RabbitMQServerResource.PrimaryEndpointName]}"),
            "log.file = false",
            "log.console = true",
            "log.console.level = warning",
            $"load_definitions = {definitions}",
            "loopback_users = none",
        };
        if (context.TargetPorts.TryGetValue(RabbitMQServerResource.ManagementEndpointName, out var management))
        {
            lines.Add("management.tcp.ip = 127.0.0.1");
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"management.tcp.port = {management}"));
        }

        return string.Join('\n', lines) + "\n";
    }

    private IEnumerable<(string Name, string Value)> Environment(string files, string data, int portMapper, int distribution)
    {
        yield return ("HOME", files);
        yield return ("RABBITMQ_NODENAME", Node);
        yield return ("RABBITMQ_MNESIA_BASE", data);
        yield return ("RABBITMQ_LOG_BASE", files);
        yield return ("RABBITMQ_CONFIG_FILE", Path.Combine(files, "rabbitmq"));
        yield return ("RABBITMQ_CONF_ENV_FILE", Path.Combine(files, "none"));
        yield return ("RABBITMQ_ENABLED_PLUGINS_FILE", Path.Combine(files, "enabled_plugins"));
        yield return ("RABBITMQ_GENERATED_CONFIG_DIR", Path.Combine(files, "config"));
        yield return ("RABBITMQ_PID_FILE", Path.Combine(files, "pid"));
        yield return ("RABBITMQ_DIST_PORT", distribution.ToString(CultureInfo.InvariantCulture));
        yield return ("ERL_EPMD_PORT", portMapper.ToString(CultureInfo.InvariantCulture));
        yield return ("ERL_EPMD_ADDRESS", "127.0.0.1");
        yield return ("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1}");

        // Becomes Erlang itself instead of a shell that waits for it: signals reach the broker.
        yield return ("RUNNING_UNDER_SYSTEMD", "true");
    }

    private static string LinkPlugins(string folder, IReadOnlyList<string> plugins)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        foreach (var plugin in plugins)
        {
            Directory.CreateSymbolicLink(Path.Combine(folder, Path.GetFileName(plugin)), plugin);
        }

        return folder;
    }

    private static string Definitions(string user, string password)
    {
        var salt = RandomNumberGenerator.GetBytes(4);
        var hash = Convert.ToBase64String([.. salt, .. SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(password)])]);
        return JsonSerializer.Serialize(new
        {
            users = new[] { new { name = user, password_hash = hash, hashing_algorithm = "rabbit_password_hashing_sha256", tags = "administrator" } },
            vhosts = new[] { new { name = "/" } },
            permissions = new[] { new { user, vhost = "/", configure = ".*", write = ".*", read = ".*" } },
        });
    }
}
