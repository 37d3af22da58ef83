using CliWrap;
using CliWrap.Buffered;

/// <summary>
/// Runs the scripts in client/ with the machine's Node.js and the packages of their lock file. Installs Node.js from Debian's packages if
/// it is missing and that is possible without asking.
/// </summary>
internal static class Npm
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "client");
    private static readonly Lazy<Task> Ready = new(InstallAsync);

    /// <summary>Returns the exit code and the whole output.</summary>
    public static Task<(int ExitCode, string Output)> RunAsync(string script, string[] arguments, CancellationToken cancellationToken) =>
        RunAsync(script, arguments, new Dictionary<string, string?>(), cancellationToken);

    /// <summary>The same with more environment variables.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        string script, string[] arguments, IReadOnlyDictionary<string, string?> environment, CancellationToken cancellationToken)
    {
        await Ready.Value;
        return await ExecuteAsync("node", [Path.Combine(Folder, script), .. arguments], environment, cancellationToken);
    }

    private static async Task InstallAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        await DebianPackages.FindOrInstallAsync(
            () => FindOnPath("node") is { } node && FindOnPath("npm") is not null ? node : null,
            ["nodejs", "npm"],
            "These tests need Node.js 18 or newer. Install it: sudo apt-get install nodejs npm",
            deadline.Token);

        // After a complete installation, the lock file is copied beside the packages, so that the next run skips the download.
        var (wanted, installed) = (Path.Combine(Folder, "package-lock.json"), Path.Combine(Folder, "node_modules", "installed-lock.json"));
        var content = await File.ReadAllTextAsync(wanted, deadline.Token);
        if (!File.Exists(installed) || await File.ReadAllTextAsync(installed, deadline.Token) != content)
        {
            Console.WriteLine($"Downloading the packages of {Folder} with npm.");
            var (exitCode, output) = await ExecuteAsync(
                "npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], new Dictionary<string, string?>(), deadline.Token);
            if (exitCode != 0)
            {
                throw new InvalidOperationException($"npm ci exited with {exitCode}: {output}");
            }

            await File.WriteAllTextAsync(installed, content, deadline.Token);
        }
    }

    private static string? FindOnPath(string program) => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
        .SelectMany(folder => new[] { program, $"{program}.cmd", $"{program}.exe" }.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    private static async Task<(int ExitCode, string Output)> ExecuteAsync(
        string program, string[] arguments, IReadOnlyDictionary<string, string?> environment, CancellationToken cancellationToken)
    {
        // On Windows, npm is a script for the command processor.
        var command = OperatingSystem.IsWindows() && program == "npm"
            ? Cli.Wrap("cmd").WithArguments(["/c", program, .. arguments])
            : Cli.Wrap(program).WithArguments(arguments);
        var result = await command
            .WithWorkingDirectory(Folder)
            .WithEnvironmentVariables(environment)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(cancellationToken);
        return (result.ExitCode, result.StandardOutput + result.StandardError);
    }
}
