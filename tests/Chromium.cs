/// <summary>The installed Chromium. Where there is none, Debian's package is installed if that needs no password.</summary>
internal static class Chromium
{
    // The headless shell has no windows, so a page costs it less than half of the processor time.
    private static readonly string[] Places =
    [
        "/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
        "/usr/bin/google-chrome-stable",
    ];

    // Chromium's sandbox does not run as root, and test machines rarely have a graphics processor.
    public static string[] Arguments =>
        Environment.IsPrivilegedProcess ? ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] : ["--disable-gpu"];

    public static Task<string> FindOrInstallAsync(CancellationToken cancellationToken) => DebianPackages.FindOrInstallAsync(
        Find,
        ["chromium-headless-shell"],
        "These tests need Chromium. Install it (sudo apt-get install chromium-headless-shell, or chromium where there is no such package), "
            + "or name one with the environment variable CHROMIUM_PATH.",
        cancellationToken);

    private static string? Find() =>
        Environment.GetEnvironmentVariable("CHROMIUM_PATH") is { Length: > 0 } named ? named : Array.Find(Places, File.Exists);
}
