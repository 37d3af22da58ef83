using System.Diagnostics;

/// <summary>
/// Installs the programs that the tests need besides the servers, if that is possible without asking: on Debian, as root.
/// </summary>
internal static class DebianPackages
{
    private const string AptGet = "/usr/bin/apt-get";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <param name="find">Returns the program, or null if it is not installed.</param>
    /// <param name="packages">The names of its packages in Debian.</param>
    /// <param name="advice">The text for the developer if it cannot be installed automatically.</param>
    /// <exception cref="InvalidOperationException">
    /// The program is missing and could not be installed. The message has the advice and the output of apt-get.
    /// </exception>
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

        // apt-get can wait for dpkg's lock, but not for the lock of the package lists.
        await using var turn = await Turn.TakeAsync("installation", Patience, cancellationToken);
        if (find() is { } installedByAnother)
        {
            return installedByAnother;
        }

        var (refreshed, refresh) = await RunAsync(["update", "-q"], cancellationToken);
        var (installed, output) = await RunAsync(["install", "-q", "--yes", "--no-install-recommends", .. packages], cancellationToken);
        return find() ?? throw new InvalidOperationException(
            $"apt-get exited with {installed} (update: {refreshed}), and {string.Join(", ", packages)} cannot be found. "
            + $"{advice}\n{refresh}\n{output}");
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
