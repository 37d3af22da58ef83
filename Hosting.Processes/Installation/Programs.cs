namespace Hosting.Processes.Installation;

/// <summary>Finds programs that are installed on the machine.</summary>
internal static class Programs
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    // The PATH of a service account often lacks the system folders.
    private static readonly string[] SystemFolders = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    public static string? FindOnPath(string name) => Folders().Select(folder => Path.Combine(folder, name)).FirstOrDefault(IsExecutable);

    public static IEnumerable<string> Folders() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(OperatingSystem.IsWindows() ? [] : SystemFolders).Distinct();

    // A link whose target was deleted exists, but has no mode.
    public static bool IsExecutable(string path) =>
        File.Exists(path) && new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true) is not { Exists: false }
        && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Executable) != 0);

    /// <summary>The folder of a program, after all symbolic links are resolved.</summary>
    public static string FolderOf(string path) =>
        Path.GetDirectoryName(new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path)!;

    public static bool UserExists(string name) =>
        File.Exists("/etc/passwd") && File.ReadLines("/etc/passwd").Any(line => line.StartsWith($"{name}:", StringComparison.Ordinal));
}
