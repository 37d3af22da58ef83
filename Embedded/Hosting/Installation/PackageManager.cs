using System.Diagnostics;
using Aspire.Hosting.Processes;
using Aspire.Hosting.Run;

namespace Aspire.Hosting.Installation;

/// <summary>The program that installs software on this machine.</summary>
internal sealed record PackageManager(string Program, string[] Refresh, string[] Install, Func<ServerPackage, string[]> NamesOf, bool NeedsRoot)
{
    private static readonly PackageManager[] Known =
    [
        new("apt-get", ["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120"], package => package.Debian, NeedsRoot: true),
        new("dnf", [], ["install", "-y"], package => package.Fedora, NeedsRoot: true),
        new("apk", [], ["add"], package => package.Alpine, NeedsRoot: true),
        new("brew", [], ["install"], package => package.Homebrew, NeedsRoot: false),
    ];

    /// <summary>Whether it may act without anyone typing a password.</summary>
    public bool CanInstallNow => NeedsRoot ? DataHome.IsRoot : !DataHome.IsRoot && OperatingSystem.IsMacOS();

    private bool UsesSudo => NeedsRoot && !DataHome.IsRoot;

    public static PackageManager? Find() => Known.FirstOrDefault(manager => Programs.FindOnPath(manager.Program) is not null);

    public string CommandFor(IEnumerable<ServerPackage> packages) =>
        $"{(UsesSudo ? "sudo " : "")}{Program} {string.Join(' ', Install.Where(word => word is "install" or "add" or "-y"))} {string.Join(' ', packages.SelectMany(NamesOf))}";

    public async Task InstallAsync(ServerPackage[] packages, Action<string> onLine, CancellationToken cancellationToken)
    {
        if (Refresh.Length > 0 && await RunAsync(Refresh, onLine, cancellationToken) != 0)
        {
            onLine("the lists of packages could not be refreshed; going on with those that are there");
        }

        var last = new Queue<string>();
        var exitCode = await RunAsync([.. Install, .. packages.SelectMany(NamesOf)], line =>
        {
            last.Enqueue(line);
            if (last.Count > 6)
            {
                last.Dequeue();
            }

            onLine(line);
        }, cancellationToken);
        if (exitCode != 0)
        {
            throw new DistributedApplicationException(
                $"`{CommandFor(packages)}` ended with exit code {exitCode}: {string.Join(" / ", last)}");
        }
    }

    private async Task<int> RunAsync(string[] arguments, Action<string> onLine, CancellationToken cancellationToken)
    {
        var program = Programs.FindOnPath(Program)!;
        var start = UsesSudo
            ? new ProcessStartInfo("sudo", [program, .. arguments])
            : new ProcessStartInfo(program, arguments);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        start.Environment["LC_ALL"] = "C";

        // At a terminal sudo asks there for the password.
        start.RedirectStandardInput = !UsesSudo;
        using var process = Process.Start(start)!;
        if (start.RedirectStandardInput)
        {
            process.StandardInput.Close();
        }

        try
        {
            await Task.WhenAll(PumpAsync(process.StandardOutput), PumpAsync(process.StandardError));
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Whoever keeps services from being started must not leave before it: it ends when a package is whole.
            _ = NativeMethods.Kill(process.Id, (int)Signal.Terminate);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }

        return process.ExitCode;

        async Task PumpAsync(StreamReader reader)
        {
            while (await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                if (InstallationLines.Shorten(line) is { } words)
                {
                    lock (start)
                    {
                        onLine(words);
                    }
                }
            }
        }
    }
}

/// <summary>Picks the lines of a package manager that show a person how far it is.</summary>
internal static class InstallationLines
{
    private static readonly string[] Telling =
        ["Get:", "Fetched", "Need to get", "Unpacking", "Setting up", "E:", "W:", "Err:", "Installing", "Downloading", "(", "==>", "Error"];

    public static string? Shorten(string line)
    {
        line = line.Trim();
        return line.Length == 0 || line.StartsWith("(Reading database", StringComparison.Ordinal)
            || !Telling.Any(start => line.StartsWith(start, StringComparison.Ordinal))
                ? null
                : line.Length > 110 ? $"{line[..109]}…" : line;
    }
}
