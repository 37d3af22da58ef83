using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Hosting.Processes.Installation;

/// <summary>
/// Installs missing servers if it may do so without asking: as root or with Homebrew, and without a terminal at standard input. Otherwise
/// the start fails, and the message has the command to type.
/// </summary>
internal sealed partial class ServerInstaller : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Fails before anything starts if a server is missing and may not be installed automatically.</summary>
    /// <exception cref="DistributedApplicationException">Names what is missing and the command that installs it.</exception>
    public static void Check(IEnumerable<ServerPackage> packages)
    {
        var missing = Missing(packages);
        if (missing.Length > 0 && PackageManager.Find() is not { MayInstall: true })
        {
            throw new DistributedApplicationException(Refusal(missing));
        }
    }

    /// <summary>Installs all missing servers with one command. Concurrent calls wait for the first one.</summary>
    /// <param name="packages">The servers of the model.</param>
    /// <param name="loggers">Receive the progress: the terminal and the console log of each resource.</param>
    /// <param name="cancellationToken">Stops after the current package.</param>
    /// <exception cref="DistributedApplicationException">The installation failed. The message has the reason.</exception>
    public async Task EnsureAsync(
        IReadOnlyCollection<ServerPackage> packages, IReadOnlyCollection<ILogger> loggers, CancellationToken cancellationToken)
    {
        if (Missing(packages).Length == 0)
        {
            return;
        }

        await _one.WaitAsync(cancellationToken);
        try
        {
            if (Missing(packages) is { Length: > 0 } missing)
            {
                await InstallAsync(missing, loggers, cancellationToken);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private static async Task InstallAsync(
        ServerPackage[] missing, IReadOnlyCollection<ILogger> loggers, CancellationToken cancellationToken)
    {
        if (PackageManager.Find() is not { MayInstall: true } manager)
        {
            throw new DistributedApplicationException(Refusal(missing));
        }

        ForEach(logger => LogInstalling(logger, Names(missing), manager.CommandFor(missing)));
        var began = Stopwatch.GetTimestamp();
        using (new SystemServices())
        {
            await manager.InstallAsync(missing, line => ForEach(logger => LogProgress(logger, line)), cancellationToken);
        }

        if (Missing(missing) is { Length: > 0 } absent)
        {
            throw new DistributedApplicationException($"{Names(absent)}: installed, but the programs were not found. {Refusal(absent)}");
        }

        ForEach(logger => LogInstalled(logger, Names(missing), Stopwatch.GetElapsedTime(began).TotalSeconds));

        void ForEach(Action<ILogger> log)
        {
            foreach (var logger in loggers)
            {
                log(logger);
            }
        }
    }

    private static string Names(IEnumerable<ServerPackage> packages) => string.Join(", ", packages.Select(package => package.DisplayName));

    private static ServerPackage[] Missing(IEnumerable<ServerPackage> packages) =>
        [.. packages.Distinct().Where(package => package.Find() is null)];

    private static string Refusal(ServerPackage[] missing) =>
        $"{Names(missing)} {(missing.Length == 1 ? "is" : "are")} not installed, and no container runtime is used. "
        + (PackageManager.Find() is { } manager
            ? $"Type: {manager.CommandFor(missing)}"
            : "Install what is missing with the package manager of this machine, or start Docker or Podman.");
}
