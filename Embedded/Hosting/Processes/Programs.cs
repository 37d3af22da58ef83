namespace Aspire.Hosting.Processes;

/// <summary>Finds programs of the machine.</summary>
internal static class Programs
{
    // A service account's PATH often lacks the system folders.
    private static readonly string[] SystemFolders = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    /// <summary>The <c>dotnet</c> that runs this process.</summary>
    public static string DotNet { get; } = FindDotNet();

    public static string? FindOnPath(string name) => Folders().Select(folder => Path.Combine(folder, name)).FirstOrDefault(IsExecutable);

    public static IEnumerable<string> Folders() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(OperatingSystem.IsWindows() ? [] : SystemFolders).Distinct();

    /// <summary>Whether we may run it. A link that leads nowhere is none, though it exists.</summary>
    public static bool IsExecutable(string path) =>
        File.Exists(path) && (OperatingSystem.IsWindows() || NativeMethods.Access(path, NativeMethods.ToExecute) == 0);

    /// <summary>The folder that a program itself is in, whatever links lead to it.</summary>
    public static string FolderOf(string path) =>
        Path.GetDirectoryName(new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path)!;

    // …/shared/Microsoft.NETCore.App/10.0.1/System.Private.CoreLib.dll lies three folders below the program.
    private static string FindDotNet()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var beside = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", name));
        return File.Exists(beside) ? beside : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? name;
    }
}
