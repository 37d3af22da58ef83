using System.Diagnostics;
using Hosting.Processes.Data;

namespace Hosting.Processes.Installation;

/// <summary>A package manager, such as apt-get, and how to call it.</summary>
internal sealed record PackageManager(
    string Program, string[] Refresh, string[] Install, Func<ServerPackage, string[]> NamesOf, bool NeedsRoot)
{
    private static readonly PackageManager[] Known =
    [
        new(
            "apt-get",
            ["update", "-q"],
            ["install", "-y", "-q", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120"],
            package => package.Debian,
            NeedsRoot: true),
        new("dnf", [], ["install", "-y"], package => package.Fedora, NeedsRoot: true),
        new("apk", [], ["add"], package => package.Alpine, NeedsRoot: true),
        new("brew", [], ["install"], package => package.Homebrew, NeedsRoot: false),
    ];

    /// <summary>
    /// Whether it may install without asking: no password is needed, and standard input is not a terminal. The output does not count:
    /// people at a terminal may pipe it into a file.
    /// </summary>
    public bool MayInstall => (NeedsRoot ? DataHome.IsRoot : !DataHome.IsRoot) && Console.IsInputRedirected;

    public static PackageManager? Find() => Known.FirstOrDefault(manager => Programs.FindOnPath(manager.Program) is not null);

    /// <summary>The command to type.</summary>
    public string CommandFor(IEnumerable<ServerPackage> packages) => string.Join(
        ' ',
        (string[])[
            .. NeedsRoot && !DataHome.IsRoot ? (string[])["sudo"] : [], Program,
            .. Install.Where(word => word is "install" or "add" or "-y"), .. packages.SelectMany(NamesOf),
        ]);

    /// <param name="packages">What to install.</param>
    /// <param name="onLine">Called with each line that shows progress.</param>
    /// <param name="cancellationToken">Sends SIGTERM to the package manager, which finishes the current package first.</param>
    /// <exception cref="DistributedApplicationException">
    /// The package manager failed. The message has the last lines of its output.
    /// </exception>
    public async Task InstallAsync(ServerPackage[] packages, Action<string> onLine, CancellationToken cancellationToken)
    {
        if (Refresh.Length > 0 && await RunAsync(Refresh, onLine, cancellationToken) != 0)
        {
            onLine("The package lists could not be updated; installing from the existing ones.");
        }

        var last = new Queue<string>();
        var exitCode = await RunAsync([.. Install, .. packages.SelectMany(NamesOf)], Remember, cancellationToken);
        if (exitCode != 0)
        {
            throw new DistributedApplicationException(
                $"`{CommandFor(packages)}` ended with exit code {exitCode}: {string.Join(" / ", last)}");
        }

        void Remember(string line)
        {
            last.Enqueue(line);
            if (last.Count > 6)
            {
                last.Dequeue();
            }

            onLine(line);
        }
    }

    private async Task<int> RunAsync(string[] arguments, Action<string> onLine, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(Programs.FindOnPath(Program)!, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DEBIAN_FRONTEND"] = "noninteractive", ["LC_ALL"] = "C" },
        })!;
        process.StandardInput.Close();
        var gate = new Lock();
        await using var end = cancellationToken.Register(() => Process.Start("kill", ["-TERM", $"{process.Id}"]).Dispose());
        await Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
        await process.WaitForExitAsync(CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        return process.ExitCode;

        async Task ReadAsync(StreamReader reader)
        {
            while (await reader.ReadLineAsync(CancellationToken.None) is { } line)
            {
                if (ProgressLine.Of(line) is { } words)
                {
                    lock (gate)
                    {
                        onLine(words);
                    }
                }
            }
        }
    }
}
