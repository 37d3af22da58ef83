namespace Aspire.Hosting.Run;

/// <summary>
/// Where the engine keeps volumes and runs: <c>$XDG_DATA_HOME/aspire-embedded</c>, else <c>~/.local/share/aspire-embedded</c>. For root it is
/// <c>/var/lib/aspire-embedded</c>, because PostgreSQL then runs as a user that may not look into root's home.
/// </summary>
internal static class DataHome
{
    private const string Name = "aspire-embedded";
    private static readonly Lazy<string> Located = new(Locate);

    /// <summary>Root's folders may be walked through by the users that servers run as; nobody may list them.</summary>
    public static UnixFileMode FolderMode => IsRoot
        ? UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute
        : UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Whether data is among the temporary files, which a machine may remove when it starts: nothing said where else it could be.</summary>
    public static bool IsMakeshift => Path.StartsWith(System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"{Name}-"), StringComparison.Ordinal);

    public static bool IsRoot { get; } = !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess;

    // Not before it is asked for: who only publishes makes no folder.
    public static string Path => Located.Value;

    private static string Locate()
    {
        if (Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } xdg && (!IsRoot || CanBeWalked(xdg)))
        {
            return System.IO.Path.Combine(xdg, Name);
        }

        if (IsRoot)
        {
            return System.IO.Path.Combine("/var/lib", Name);
        }

        var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        var isHomeKnown = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("HOME")) || OperatingSystem.IsWindows();
        return isHomeKnown && CanBeMade(System.IO.Path.Combine(local, Name))
            ? System.IO.Path.Combine(local, Name)
            : System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"{Name}-{Environment.UserName}");
    }

    // The home of a service account often is /nonexistent.
    private static bool CanBeMade(string folder)
    {
        try
        {
            PrivateFiles.CreateFolder(folder, FolderMode);
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool CanBeWalked(string path)
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
