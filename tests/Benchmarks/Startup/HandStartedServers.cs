using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using RabbitMQ.Client;

namespace Benchmarks.Startup;

/// <summary>
/// PostgreSQL, RabbitMQ and two Redis as a person would start them by hand, at their usual settings, timed until a client is served.
/// </summary>
internal sealed class HandStartedServers : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly List<(Process Process, string Signal)> _processes = [];
    private readonly string _folder;

    private HandStartedServers(string folder) => _folder = folder;

    public double PostgresSeconds { get; private set; }

    /// <summary>By the names that AppHost uses with <c>Shop:Servers=managed</c>.</summary>
    public Dictionary<string, string> ConnectionStrings { get; } = [];

    public static async Task<HandStartedServers> StartAsync(string folder, Report report, string kind, CancellationToken cancellationToken)
    {
        var servers = new HandStartedServers(folder);
        try
        {
            servers.PostgresSeconds = await servers.StartPostgresAsync(cancellationToken);
            report.Add($"by hand, {kind} data: PostgreSQL", servers.PostgresSeconds, "s");
            report.Add($"by hand, {kind} data: RabbitMQ", await servers.StartRabbitMQAsync(cancellationToken), "s");
            report.Add($"by hand, {kind} data: Redis", await servers.StartRedisAsync("basketstore", cancellationToken), "s");
            await servers.StartRedisAsync("cache", cancellationToken);
            return servers;
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (process, signal) in _processes)
        {
            using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    private async Task<double> StartPostgresAsync(CancellationToken cancellationToken)
    {
        var bin = Directory.EnumerateDirectories("/usr/lib/postgresql")
            .OrderByDescending(folder => folder, StringComparer.Ordinal)
            .First() + "/bin";
        var data = Path.Combine(FolderFor("postgres", "postgres"), "data");
        var port = FreePort();
        var began = Stopwatch.GetTimestamp();
        if (!Directory.Exists(data))
        {
            using var init = Start(
                "postgres", $"{bin}/initdb", ["-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"], []);
            await init.WaitForExitAsync(cancellationToken);
        }

        Keep(
            Start(
                "postgres",
                $"{bin}/postgres",
                [
                    "-D", data, "-c", "listen_addresses=127.0.0.1", "-c", $"port={port}", "-c", "unix_socket_directories=",
                    "-c", "max_connections=200",
                ],
                []),
            "INT");
        var server = $"Host=127.0.0.1;Port={port};Username=postgres";
        await UntilAsync(() => QueryAsync(server, "select 1", cancellationToken), cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        foreach (var database in (string[])["catalogdb", "orderingdb", "identitydb"])
        {
            ConnectionStrings[database] = $"{server};Database={database}";
        }

        return seconds;
    }

    private async Task<double> StartRabbitMQAsync(CancellationToken cancellationToken)
    {
        var folder = FolderFor("rabbitmq", "rabbitmq");
        var (port, distribution, portMapper) = (FreePort(), FreePort(), FreePort());
        await File.WriteAllTextAsync(
            Path.Combine(folder, "hand.conf"),
            $"listeners.tcp.local = 127.0.0.1:{port}\nlog.file = false\nloopback_users = none\n",
            cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "plugins"), "[].", cancellationToken);
        var began = Stopwatch.GetTimestamp();
        Keep(Start("rabbitmq", "epmd", ["-address", "127.0.0.1", "-port", $"{portMapper}"], []), "KILL");
        Keep(
            Start("rabbitmq", "/usr/lib/rabbitmq/bin/rabbitmq-server", [], new()
            {
                ["HOME"] = folder,
                ["RABBITMQ_NODENAME"] = "hand@localhost",
                ["RABBITMQ_MNESIA_BASE"] = folder,
                ["RABBITMQ_LOG_BASE"] = folder,
                ["RABBITMQ_CONFIG_FILE"] = Path.Combine(folder, "hand"),
                ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(folder, "plugins"),
                ["RABBITMQ_DIST_PORT"] = $"{distribution}",
                ["ERL_EPMD_PORT"] = $"{portMapper}",
                ["RUNNING_UNDER_SYSTEMD"] = "true",
            }),
            "TERM");
        ConnectionStrings["messaging"] = $"amqp://guest:guest@127.0.0.1:{port}";
        var factory = new ConnectionFactory { Uri = new Uri(ConnectionStrings["messaging"]), AutomaticRecoveryEnabled = false };
        await UntilAsync(async () => await (await factory.CreateConnectionAsync(cancellationToken)).DisposeAsync(), cancellationToken);
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private async Task<double> StartRedisAsync(string name, CancellationToken cancellationToken)
    {
        var folder = FolderFor(name, "redis");
        var port = FreePort();
        var began = Stopwatch.GetTimestamp();
        Keep(
            Start("redis", "redis-server", ["--bind", "127.0.0.1", "--port", $"{port}", "--dir", folder, "--appendonly", "yes"], []),
            "TERM");
        ConnectionStrings[name] = $"127.0.0.1:{port}";
        await UntilAsync(
            async () =>
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            },
            cancellationToken);
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private void Keep(Process process, string stopSignal) => _processes.Insert(0, (process, stopSignal));

    private string FolderFor(string name, string user)
    {
        var folder = Path.Combine(_folder, name);
        Directory.CreateDirectory(folder);
        if (Environment.IsPrivilegedProcess)
        {
            using var give = Process.Start("chown", [user, folder]);
            give.WaitForExit();
        }

        return folder;
    }

    private static Process Start(string user, string program, string[] arguments, Dictionary<string, string> environment)
    {
        var start = Environment.IsPrivilegedProcess
            ? new ProcessStartInfo("setpriv", ["--reuid", user, "--regid", user, "--init-groups", "--", program, .. arguments])
            : new ProcessStartInfo(program, arguments);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.WorkingDirectory = "/";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task QueryAsync(string connectionString, string query, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection($"{connectionString};Database=postgres;Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(query, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task UntilAsync(Func<Task> succeeds, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await succeeds();
                return;
            }
            catch (Exception exception) when (exception is not OperationCanceledException && Stopwatch.GetElapsedTime(began) < Patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
