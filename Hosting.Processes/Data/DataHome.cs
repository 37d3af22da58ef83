namespace Hosting.Processes.Data;

/// <summary>
/// The folder of volumes and runs: <c>$XDG_DATA_HOME/aspire-processes</c>, else <c>~/.local/share/aspire-processes</c>. For root it is
/// <c>/var/lib/aspire-processes</c>, because the servers then run as users that cannot enter root's home.
/// </summary>
internal static class DataHome
{
    private const string Name = "aspire-processes";
    private static readonly Lazy<string> Located = new(Locate);

    public static string Path => Located.Value;

    public static string Volumes => System.IO.Path.Combine(Path, "volumes");

    public static string Runs => System.IO.Path.Combine(Path, "runs");

    public static bool IsRoot { get; } = !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess;

    /// <summary>The users of the servers must be able to pass through root's folders, so others may enter them but not list them.</summary>
    public static UnixFileMode FolderMode => IsRoot
        ? UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute
        : UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static string Create(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, FolderMode);
        }

        return folder;
    }

    private static string Locate()
    {
        if (Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } xdg && (!IsRoot || CanBeEntered(xdg)))
        {
            return System.IO.Path.Combine(xdg, Name);
        }

        if (IsRoot)
        {
            return System.IO.Path.Combine("/var/lib", Name);
        }

        return System.IO.Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), Name);
    }

    private static bool CanBeEntered(string path)
    {
        for (var folder = new DirectoryInfo(path); folder is not null; folder = folder.Parent)
        {
            if (folder.Exists && (folder.UnixFileMode & UnixFileMode.OtherExecute) == 0)
            {
                return false;
            }
        }

        return true;
    }
}
