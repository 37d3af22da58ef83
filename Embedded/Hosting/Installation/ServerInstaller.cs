using System.Diagnostics;
using Aspire.Hosting.Run;

namespace Aspire.Hosting.Installation;

/// <summary>
/// Finds servers on the machine, and installs those that are missing: without asking as root in a script, after asking at a terminal, and
/// otherwise not at all, with the command to type.
/// </summary>
internal sealed class ServerInstaller(Terminal terminal) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Installs all that are missing, in one go.</summary>
    public async Task EnsureAsync(IEnumerable<ServerPackage> packages, CancellationToken cancellationToken)
    {
        var missing = packages.Distinct().Where(package => package.Find() is null).ToArray();
        if (missing.Length == 0)
        {
            return;
        }

        await _one.WaitAsync(cancellationToken);
        try
        {
            await InstallAsync([.. missing.Where(package => package.Find() is null)], cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Where the server's program is (of PostgreSQL: the folder of its programs).</summary>
    public static string Locate(ServerPackage package) =>
        package.Find() ?? throw new DistributedApplicationException($"{package.DisplayName} is not installed. {Advice([package])}");

    public void Dispose() => _one.Dispose();

    private async Task InstallAsync(ServerPackage[] missing, CancellationToken cancellationToken)
    {
        if (missing.Length == 0)
        {
            return;
        }

        var names = string.Join(", ", missing.Select(package => package.DisplayName));
        if (PackageManager.Find() is not { } manager || !await MayInstallAsync(manager, missing, names, cancellationToken))
        {
            throw new DistributedApplicationException($"{names} {(missing.Length == 1 ? "is" : "are")} not installed. {Advice(missing)}");
        }

        terminal.Say("install", $"{names}: {manager.CommandFor(missing)}");
        var began = Stopwatch.GetTimestamp();
        using (var services = new SystemServices(terminal))
        {
            await manager.InstallAsync(missing, line => terminal.Say("install", line), cancellationToken);
        }

        if (missing.Where(package => package.Find() is null).ToArray() is { Length: > 0 } absent)
        {
            throw new DistributedApplicationException(
                $"{string.Join(", ", absent.Select(package => package.DisplayName))} was installed but its programs were not found. {Advice(absent)}");
        }

        terminal.Say("install", $"done in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s");
    }

    private static async Task<bool> MayInstallAsync(PackageManager manager, ServerPackage[] missing, string names, CancellationToken cancellationToken)
    {
        var isInteractive = !Console.IsInputRedirected && !Console.IsOutputRedirected;
        if (!isInteractive)
        {
            return manager.CanInstallNow;
        }

        Console.Out.Write($"{names} {(missing.Length == 1 ? "is" : "are")} not installed. Install now with `{manager.CommandFor(missing)}`? [Y/n] ");
        return await Task.Run(Console.In.ReadLine, cancellationToken).WaitAsync(cancellationToken) is { } answer && (answer.Trim().Length == 0 || answer.Trim().StartsWith("y", StringComparison.OrdinalIgnoreCase));
    }

    private static string Advice(ServerPackage[] missing) => PackageManager.Find() is { } manager
        ? $"Type: {manager.CommandFor(missing)}"
        : $"Install {string.Join(", ", missing.Select(package => package.DisplayName))} with the package manager of this machine, or build with -p:AspireEngine=aspire to use containers.";
}
