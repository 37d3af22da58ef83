using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting.Processes;
using Aspire.Hosting.Run;
using Aspire.Hosting.Servers;

namespace Aspire.Hosting.Postgres;

/// <summary>The data folder of a PostgreSQL server, which <c>initdb</c> makes.</summary>
internal sealed class PostgresCluster(string bin, string folder, bool isVolume, UserAccount? user, ProcessContext context, string? initFiles)
{
    private const string AccessRules = """
        # The engine's: loopback only, always with the password.
        local all all scram-sha-256
        host all all 127.0.0.1/32 scram-sha-256
        host all all ::1/128 scram-sha-256

        """;

    public string Folder => folder;

    /// <summary>The major version that data is of; <see langword="null"/> if there is none yet.</summary>
    public static string? VersionOf(string folder)
    {
        var file = Path.Combine(folder, "PG_VERSION");
        return File.Exists(file) ? File.ReadAllText(file).Trim() : null;
    }

    /// <summary>Makes the cluster if it is not there.</summary>
    public async Task EnsureAsync(string userName, string password, CancellationToken cancellationToken)
    {
        if (VersionOf(folder) is { } version)
        {
            CheckVersion(version);
            ForgetDeadServer();
            await new PostgresPassword(bin, folder, user, context).EnsureAsync(userName, password, cancellationToken);
            return;
        }

        context.Report("creating its data");

        // A folder that initdb did not finish has no PG_VERSION at the top or is half made: it has no data yet.
        var made = $"{folder}.new";
        if (Directory.Exists(made))
        {
            Directory.Delete(made, recursive: true);
        }

        var passwordFile = Path.Combine(context.Run.FolderFor(context.InstanceId), "password");
        await PrivateFiles.WriteAsync(passwordFile, password, cancellationToken, user);
        try
        {
            await InitAsync(made, userName, passwordFile, cancellationToken);
        }
        finally
        {
            File.Delete(passwordFile);
        }

        await PrivateFiles.WriteAsync(Path.Combine(made, "pg_hba.conf"), AccessRules, cancellationToken, user);
        if (initFiles is not null)
        {
            await new PostgresInitFiles(bin, made, user, context).RunAsync(initFiles, userName, password, cancellationToken);
        }

        Directory.Move(made, folder);
        await new PostgresPassword(bin, folder, user, context).RememberAsync(userName, password, cancellationToken);
    }

    private async Task InitAsync(string made, string userName, string passwordFile, CancellationToken cancellationToken)
    {
        var (exitCode, said) = await ShortProcess.RunAsync(
            new ProcessPlan
            {
                FileName = Path.Combine(bin, "initdb"),
                Arguments = [
                    "-D", made, "-U", userName, "--pwfile", passwordFile, "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8",
                    "--no-instructions", .. isVolume ? Array.Empty<string>() : ["--no-sync"],
                ],
                WorkingDirectory = Path.GetDirectoryName(made)!,
                Environment = context.Environment,
                User = user,
                StopSignal = Signal.Kill,
            },
            context.Run,
            cancellationToken);
        if (exitCode != 0)
        {
            throw new DistributedApplicationException($"initdb ended with exit code {exitCode} in '{made}': {string.Join(" / ", said.TakeLast(4))}");
        }
    }

    // The volume is ours alone, so a server named in the pid file is dead, and its number may be another process's by now: PostgreSQL would
    // refuse to start. One that lives is not ours, and must not be disturbed.
    private void ForgetDeadServer()
    {
        var file = Path.Combine(folder, "postmaster.pid");
        if (!OperatingSystem.IsLinux() || !File.Exists(file)
            || !int.TryParse(File.ReadLines(file).FirstOrDefault(), CultureInfo.InvariantCulture, out var processId))
        {
            return;
        }

        if (ProcStat.Read(processId) is { IsZombie: false, Name: "postgres" } server)
        {
            throw new DistributedApplicationException(
                $"The data in '{folder}' is in use by another PostgreSQL server, process {server.Id}. Stop it, or give this one another volume.");
        }

        File.Delete(file);
    }

    private void CheckVersion(string version)
    {
        using var asked = Process.Start(new ProcessStartInfo(Path.Combine(bin, "postgres"), "--version") { RedirectStandardOutput = true })!;

        // postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)
        var installed = asked.StandardOutput.ReadToEnd().Split(' ').FirstOrDefault(word => word.Length > 0 && char.IsAsciiDigit(word[0])) ?? "";
        if (installed.Split('.')[0] != version.Split('.')[0])
        {
            throw new DistributedApplicationException(
                $"The data in '{folder}' is of PostgreSQL {version}, but PostgreSQL {installed} is installed. Install PostgreSQL {version}, move the data with pg_upgrade, or remove that folder to start empty.");
        }
    }
}
