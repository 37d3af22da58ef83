using System.Globalization;
using Aspire.Hosting.Endpoints;
using Aspire.Hosting.Processes;
using Aspire.Hosting.Servers;

namespace Aspire.Hosting.Postgres;

/// <summary>
/// Runs the files of a folder in a cluster that was just made, as PostgreSQL's image does: <c>*.sql</c> and
/// <c>*.sh</c> in the order of their names, before anybody else can connect. One that fails fails the start, and the next start begins anew.
/// </summary>
internal sealed class PostgresInitFiles(string bin, string cluster, UserAccount? user, ProcessContext context)
{
    /// <summary>Where the image has them.</summary>
    public const string Target = "/docker-entrypoint-initdb.d";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task RunAsync(string source, string userName, string password, CancellationToken cancellationToken)
    {
        var files = Directory.Exists(source)
            ? Directory.EnumerateFiles(source).Where(file => Path.GetExtension(file) is ".sql" or ".sh").Order(StringComparer.Ordinal).ToArray()
            : throw new DistributedApplicationException($"The folder of initial files '{source}' does not exist.");
        if (files.Length == 0)
        {
            return;
        }

        var port = PortAllocator.Take();
        var environment = new Dictionary<string, string>(context.Environment)
        {
            ["PGHOST"] = "127.0.0.1",
            ["PGPORT"] = port.ToString(CultureInfo.InvariantCulture),
            ["PGUSER"] = userName,
            ["PGDATABASE"] = "postgres",
            ["PGPASSWORD"] = password,
            ["PGCONNECT_TIMEOUT"] = ((int)Patience.TotalSeconds).ToString(CultureInfo.InvariantCulture),
        };
        var server = await ManagedProcess.StartAsync(
            new ProcessPlan
            {
                FileName = Path.Combine(bin, "postgres"),
                Arguments = ["-D", cluster, "-c", "listen_addresses=127.0.0.1", "-c", $"port={port}", "-c", "unix_socket_directories="],
                WorkingDirectory = cluster,
                Environment = context.Environment,
                User = user,
                StopSignal = Signal.Interrupt,
            },
            context.Run,
            (_, _) => { });
        try
        {
            await PostgresReadiness.WaitAsync(port, userName, password, server.Exited, Patience, cancellationToken);
            foreach (var file in files)
            {
                context.Report($"running {Path.GetFileName(file)}");
                await RunAsync(file, environment, cancellationToken);
            }
        }
        finally
        {
            await server.StopAsync(Patience, TimeProvider.System);
            PortAllocator.Return([port]);
        }
    }

    private async Task RunAsync(string file, Dictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var (exitCode, said) = await ShortProcess.RunAsync(
            new ProcessPlan
            {
                FileName = Path.GetExtension(file) == ".sql" ? Path.Combine(bin, "psql") : Programs.FindOnPath("sh")!,
                Arguments = Path.GetExtension(file) == ".sql"
                    ? ["--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", "--file", file]
                    : ["-e", file],
                WorkingDirectory = Path.GetDirectoryName(file)!,
                Environment = environment,
                StopSignal = Signal.Kill,
            },
            context.Run,
            cancellationToken);
        if (exitCode != 0)
        {
            throw new DistributedApplicationException($"'{file}' ended with exit code {exitCode}: {string.Join(" / ", said.TakeLast(4))}");
        }
    }
}
