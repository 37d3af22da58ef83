using System.Diagnostics;

/// <summary>Installs what the tests use besides the servers, where nobody needs to be asked: on Debian, as root.</summary>
internal static class DebianPackages
{
    private const string AptGet = "/usr/bin/apt-get";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <param name="find">Returns what is looked for, or null while it is not there.</param>
    /// <param name="packages">What it is called in Debian.</param>
    /// <param name="advice">What a person has to do where this may not install.</param>
    /// <exception cref="InvalidOperationException">It is not there and could not be installed; the message says what to do, or what apt-get said.</exception>
    public static async Task<T> FindOrInstallAsync<T>(Func<T?> find, string[] packages, string advice, CancellationToken cancellationToken)
        where T : class
    {
        if (find() is { } found)
        {
            return found;
        }

        if (!Environment.IsPrivilegedProcess || !File.Exists(AptGet))
        {
            throw new InvalidOperationException(advice);
        }

        // apt-get waits for dpkg's lock if told to, but never for that of the lists.
        await using var turn = await Turn.TakeAsync("installation", Patience, cancellationToken);
        if (find() is { } installedMeanwhile)
        {
            return installedMeanwhile;
        }

        var (refreshed, refresh) = await RunAsync(["update", "-q"], cancellationToken);
        var (installed, output) = await RunAsync(["install", "-q", "--yes", "--no-install-recommends", .. packages], cancellationToken);
        return find() ?? throw new InvalidOperationException(
            $"apt-get ended with {installed} (update: {refreshed}), and {string.Join(", ", packages)} cannot be found. {advice}\n{refresh}\n{output}");
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        Console.WriteLine($"apt-get {string.Join(' ', arguments)}");
        var start = new ProcessStartInfo(AptGet, [.. arguments, "-o", "DPkg::Lock::Timeout=300"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DEBIAN_FRONTEND"] = "noninteractive", ["LC_ALL"] = "C.UTF-8" },
        };
        using var process = Process.Start(start)!;
        var lines = await Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, string.Join('\n', lines.SelectMany(line => line)));

        async Task<List<string>> ReadAsync(StreamReader reader)
        {
            List<string> read = [];
            while (await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                read.Add(line);
                Console.WriteLine($"  {line}");
            }

            return read;
        }
    }
}
