using System.Diagnostics;

namespace AsyncApi;

/// <summary>
/// Runs the scripts in client/ with the machine's Node.js and the packages of their lock file; Debian's packages where there is no Node.js and
/// nobody needs to be asked.
/// </summary>
internal static class Npm
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "client");
    private static readonly Lazy<Task> Ready = new(InstallAsync);

    /// <summary>The exit code, and all that was written.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string script, string[] arguments, CancellationToken cancellationToken)
    {
        await Ready.Value;
        return await ExecuteAsync("node", [Path.Combine(Folder, script), .. arguments], cancellationToken);
    }

    private static async Task InstallAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        await DebianPackages.FindOrInstallAsync(
            () => FindOnPath("node") is { } node && FindOnPath("npm") is not null ? node : null,
            ["nodejs", "npm"],
            "These tests need Node.js 18 or newer. Install it: sudo apt-get install nodejs npm",
            deadline.Token);

        // The lock file is copied behind the packages when they are complete: then they need not be fetched again.
        var (wanted, installed) = (Path.Combine(Folder, "package-lock.json"), Path.Combine(Folder, "node_modules", "installed-lock.json"));
        var content = await File.ReadAllTextAsync(wanted, deadline.Token);
        if (!File.Exists(installed) || await File.ReadAllTextAsync(installed, deadline.Token) != content)
        {
            Console.WriteLine("Fetching the packages of tests/AsyncApi/client with npm.");
            var (exitCode, output) = await ExecuteAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], deadline.Token);
            if (exitCode != 0)
            {
                throw new InvalidOperationException($"npm ci ended with {exitCode}: {output}");
            }

            await File.WriteAllTextAsync(installed, content, deadline.Token);
        }
    }

    private static string? FindOnPath(string program) => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
        .SelectMany(folder => new[] { program, $"{program}.cmd", $"{program}.exe" }.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    private static async Task<(int ExitCode, string Output)> ExecuteAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        // On Windows npm is a script for the command processor.
        var start = OperatingSystem.IsWindows() && program == "npm"
            ? new ProcessStartInfo("cmd", ["/c", program, .. arguments])
            : new ProcessStartInfo(program, arguments);
        start.WorkingDirectory = Folder;
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);

        using var process = Process.Start(start)!;
        try
        {
            var texts = await Task.WhenAll(
                process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, string.Concat(texts));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
