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
        if (!IsOnPath("node") || !IsOnPath("npm"))
        {
            if (!Environment.IsPrivilegedProcess || !File.Exists("/usr/bin/apt-get"))
            {
                throw new InvalidOperationException("These tests need Node.js 18 or newer. Install it: sudo apt-get install nodejs npm");
            }

            await RequireAsync("apt-get", ["update"], deadline.Token);
            await RequireAsync("apt-get", ["install", "--yes", "--no-install-recommends", "nodejs", "npm"], deadline.Token);
        }

        // The lock file is copied behind the packages when they are complete: then they need not be fetched again.
        var (wanted, installed) = (Path.Combine(Folder, "package-lock.json"), Path.Combine(Folder, "node_modules", "installed-lock.json"));
        var content = await File.ReadAllTextAsync(wanted, deadline.Token);
        if (!File.Exists(installed) || await File.ReadAllTextAsync(installed, deadline.Token) != content)
        {
            Console.WriteLine("Fetching the packages of tests/AsyncApi/client with npm.");
            await RequireAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], deadline.Token);
            await File.WriteAllTextAsync(installed, content, deadline.Token);
        }
    }

    private static bool IsOnPath(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder =>
            File.Exists(Path.Combine(folder, program)) || File.Exists(Path.Combine(folder, $"{program}.cmd")) || File.Exists(Path.Combine(folder, $"{program}.exe")));

    private static async Task RequireAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        var (exitCode, output) = await ExecuteAsync(program, arguments, cancellationToken);
        if (exitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {exitCode}: {output}");
        }
    }

    private static async Task<(int ExitCode, string Output)> ExecuteAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        // On Windows npm is a script for the command processor.
        var start = OperatingSystem.IsWindows() && program == "npm"
            ? new ProcessStartInfo("cmd", ["/c", program, .. arguments])
            : new ProcessStartInfo(program, arguments);
        start.WorkingDirectory = Folder;
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
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
