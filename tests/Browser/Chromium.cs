namespace Browser;

/// <summary>The machine's own Chromium; Debian's package where there is none and nobody needs to be asked.</summary>
internal static class Chromium
{
    private static readonly string[] Places =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable"];

    // Chromium's sandbox refuses to run as root, and there is no graphics processor to speak of.
    public static string[] Arguments => Environment.IsPrivilegedProcess ? ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] : ["--disable-gpu"];

    public static Task<string> FindOrInstallAsync(CancellationToken cancellationToken) => DebianPackages.FindOrInstallAsync(
        Find,
        ["chromium"],
        "These tests need Chromium. Install it (sudo apt-get install chromium) or name one with the environment variable CHROMIUM_PATH.",
        cancellationToken);

    private static string? Find() =>
        Environment.GetEnvironmentVariable("CHROMIUM_PATH") is { Length: > 0 } named ? named : Array.Find(Places, File.Exists);
}
