using System.Diagnostics;

namespace Browser;

/// <summary>The machine's own Chromium; Debian's package where there is none and nobody needs to be asked.</summary>
internal static class Chromium
{
    private static readonly string[] Places =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable"];

    // Chromium's sandbox refuses to run as root, and there is no graphics processor to speak of.
    public static string[] Arguments => Environment.IsPrivilegedProcess ? ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] : ["--disable-gpu"];

    public static async Task<string> FindOrInstallAsync(CancellationToken cancellationToken)
    {
        if (Find() is { } found)
        {
            return found;
        }

        if (!Environment.IsPrivilegedProcess || !File.Exists("/usr/bin/apt-get"))
        {
            throw new InvalidOperationException(
                "These tests need Chromium. Install it (sudo apt-get install chromium) or name one with the environment variable CHROMIUM_PATH.");
        }

        await RunAsync("/usr/bin/apt-get", ["update"], cancellationToken);
        await RunAsync("/usr/bin/apt-get", ["install", "--yes", "--no-install-recommends", "chromium"], cancellationToken);
        return Find() ?? throw new InvalidOperationException("apt-get installed chromium, but none of these exists: " + string.Join(", ", Places));
    }

    private static string? Find() =>
        Environment.GetEnvironmentVariable("CHROMIUM_PATH") is { Length: > 0 } named ? named : Array.Find(Places, File.Exists);

    private static async Task RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { Environment = { ["DEBIAN_FRONTEND"] = "noninteractive" } };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(cancellationToken);

        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
    }
}
